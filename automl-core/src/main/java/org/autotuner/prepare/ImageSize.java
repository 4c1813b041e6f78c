package org.autotuner.prepare;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.autotuner.data.Image;
import org.autotuner.data.ImageColumn;

/** Width and height in pixels, and channels: 1 or 3. */
public record ImageSize(int width, int height, int channels) {

    private static final int LOOKED_AT = 2_000;

    /**
     * The size that a column's images are best given: the one of more than half of them, else the medians of widths and
     * heights; grey if all are. 1 x 1 grey where all are missing. Looks at no more than {@value #LOOKED_AT} images.
     */
    public static ImageSize typical(ImageColumn column) {
        Map<Long, Integer> counts = new HashMap<>();
        int rows = Math.min(LOOKED_AT, column.size());
        int[] widths = new int[rows];
        int[] heights = new int[rows];
        int present = 0;
        int channels = 1;
        for (int i = 0; i < rows; i++) {
            Image image = column.image((int) ((long) i * column.size() / rows));
            if (image != null) {
                widths[present] = image.width();
                heights[present++] = image.height();
                channels = Math.max(channels, image.channels());
                counts.merge((long) image.width() << 32 | image.height(), 1, Integer::sum);
            }
        }
        if (present == 0) {
            return new ImageSize(1, 1, 1);
        }
        for (Map.Entry<Long, Integer> size : counts.entrySet()) {
            if (2 * size.getValue() > present) {
                return new ImageSize((int) (size.getKey() >> 32), (int) (long) size.getKey(), channels);
            }
        }
        return new ImageSize(median(widths, present), median(heights, present), channels);
    }

    private static int median(int[] values, int count) {
        int[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }

    /** The same with its longest side at most so long, in proportion. */
    public ImageSize atMost(int side) {
        int longest = Math.max(width, height);
        if (longest <= side) {
            return this;
        }
        return new ImageSize(
                (int) Math.max(1, Math.round((double) width * side / longest)),
                (int) Math.max(1, Math.round((double) height * side / longest)),
                channels);
    }

    /** Numbers of one image. */
    public int size() {
        return width * height * channels;
    }
}
