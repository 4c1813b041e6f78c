package org.autotuner.plan;

import java.util.Optional;
import org.autotuner.data.Column;
import org.autotuner.data.ImageColumn;
import org.autotuner.data.Pixels;
import org.autotuner.data.Table;
import org.autotuner.prepare.ImagePreparation;
import org.autotuner.prepare.ImageSize;
import org.jspecify.annotations.Nullable;

/** Numeric columns that are an image, as the caller said or as they look: one column of images takes their place. */
final class PixelColumns {

    private static final String NAME = "image";

    private final @Nullable Pixels pixels;
    private final boolean isFound;
    private final String name;

    private PixelColumns(@Nullable Pixels pixels, boolean isFound, String name) {
        this.pixels = pixels;
        this.isFound = isFound;
        this.name = name;
    }

    static PixelColumns of(Table table, SearchSettings settings) {
        Pixels given = settings.pixels().layout();
        boolean isFound = given == null
                && settings.pixels().isInferred()
                && settings.constraints().isNone();
        Pixels pixels = isFound ? Pixels.infer(table.features()).orElse(null) : given;
        String name = NAME;
        while (table.schema().has(name)) {
            name += "_";
        }
        return new PixelColumns(pixels, isFound, name);
    }

    /** What the report should say of it. */
    Optional<String> note() {
        return pixels == null || !isFound
                ? Optional.empty()
                : Optional.of(
                        ("%d numeric columns are read as the pixels of images of %d x %d, since neighbours are alike. Say"
                                        + " withoutPixels() to the builder if they are none.")
                                .formatted(pixels.columns().size(), pixels.width(), pixels.height()));
    }

    Table combine(Table table) {
        return pixels == null ? table : pixels.combine(table, name);
    }

    /** Columns that a booster would see. */
    static int width(Table features) {
        int width = 0;
        for (int i = 0; i < features.columnCount(); i++) {
            Column column = features.column(i);
            width += column instanceof ImageColumn images ? ImagePreparation.described(ImageSize.typical(images)) : 1;
        }
        return width;
    }
}
