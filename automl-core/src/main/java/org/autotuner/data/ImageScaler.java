package org.autotuner.data;

/**
 * Gives images another size by a triangle filter, one direction after the other: as wide as a source pixel where the image
 * grows (linear interpolation), as wide as a target pixel where it shrinks (no aliasing).
 */
final class ImageScaler {

    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    private ImageScaler() {}

    static void planes(Image image, int wide, int high, int wanted, float[] out, int offset) {
        int size = wide * high;
        if (image.channels() == 3 && wanted == 1) {
            float[] colours = new float[3 * size];
            planes(image, wide, high, 3, colours, 0);
            for (int i = 0; i < size; i++) {
                out[offset + i] = LUMA[0] * colours[i] + LUMA[1] * colours[size + i] + LUMA[2] * colours[2 * size + i];
            }
            return;
        }
        for (int channel = 0; channel < image.channels(); channel++) {
            plane(image, channel, wide, high, out, offset + channel * size);
        }
        for (int channel = image.channels(); channel < wanted; channel++) {
            System.arraycopy(out, offset, out, offset + channel * size, size);
        }
    }

    private static void plane(Image image, int channel, int wide, int high, float[] out, int offset) {
        int width = image.width();
        int height = image.height();
        if (wide == width && high == height) {
            for (int y = 0; y < high; y++) {
                for (int x = 0; x < wide; x++) {
                    out[offset + y * wide + x] = image.at(x, y, channel) / 255f;
                }
            }
            return;
        }
        Taps across = new Taps(width, wide);
        float[] narrow = new float[height * wide];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < wide; x++) {
                float sum = 0;
                for (int i = 0; i < across.weights[x].length; i++) {
                    sum += across.weights[x][i] * image.at(across.first[x] + i, y, channel);
                }
                narrow[y * wide + x] = sum / 255;
            }
        }
        Taps down = new Taps(height, high);
        for (int y = 0; y < high; y++) {
            for (int x = 0; x < wide; x++) {
                float sum = 0;
                for (int i = 0; i < down.weights[y].length; i++) {
                    sum += down.weights[y][i] * narrow[(down.first[y] + i) * wide + x];
                }
                out[offset + y * wide + x] = sum;
            }
        }
    }

    /** For each target pixel the first source pixel that it takes from, and the weights of that and the following ones. */
    private static final class Taps {

        private final int[] first;
        private final float[][] weights;

        Taps(int from, int to) {
            first = new int[to];
            weights = new float[to][];
            double scale = (double) from / to;
            double reach = Math.max(1, scale);
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                int low = Math.max(0, (int) Math.floor(centre - reach));
                int high = Math.min(from, (int) Math.ceil(centre + reach));
                double[] raw = new double[high - low];
                double sum = 0;
                for (int k = 0; k < raw.length; k++) {
                    raw[k] = Math.max(0, 1 - Math.abs(low + k + 0.5 - centre) / reach);
                    sum += raw[k];
                }
                first[i] = low;
                weights[i] = new float[raw.length];
                for (int k = 0; k < raw.length; k++) {
                    weights[i][k] = (float) (raw[k] / sum);
                }
            }
        }
    }
}
