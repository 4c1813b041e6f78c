package org.autotuner.plan;

import org.autotuner.data.Pixels;
import org.jspecify.annotations.Nullable;

/**
 * Which numeric columns are an image.
 *
 * @param layout as the caller said; null where nothing was said
 * @param isInferred whether to look for them where nothing was said
 */
public record PixelOptions(@Nullable Pixels layout, boolean isInferred) {

    /** Nothing said: looked for. */
    public static final PixelOptions FOUND_OUT = new PixelOptions(null, true);
}
