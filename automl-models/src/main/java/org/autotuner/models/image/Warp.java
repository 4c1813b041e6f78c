package org.autotuner.models.image;

import java.util.Arrays;

/** Moves the pixels of an image by an affine map, linear between pixels; what comes from outside is black. */
final class Warp {

    private Warp() {}

    /**
     * Writes {@code image} at {@code (x, y)} = source at {@code (a x + b y + c, d x + e y + f)}, coordinates from the middle of
     * the image.
     *
     * @param scratch at least a plane long
     */
    static void affine(
            float[] image,
            int at,
            Frame frame,
            double a,
            double b,
            double c,
            double d,
            double e,
            double f,
            float[] scratch) {
        int width = frame.width();
        int height = frame.height();
        double middleX = (width - 1) / 2.0;
        double middleY = (height - 1) / 2.0;
        for (int channel = 0; channel < frame.channels(); channel++) {
            int from = at + channel * frame.plane();
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double u = x - middleX;
                    double v = y - middleY;
                    scratch[y * width + x] = sample(
                            image, from, width, height, a * u + b * v + c + middleX, d * u + e * v + f + middleY);
                }
            }
            System.arraycopy(scratch, 0, image, from, frame.plane());
        }
    }

    private static float sample(float[] image, int from, int width, int height, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float across = (float) (x - left);
        float down = (float) (y - top);
        float above = (1 - across) * pixel(image, from, width, height, left, top)
                + across * pixel(image, from, width, height, left + 1, top);
        float below = (1 - across) * pixel(image, from, width, height, left, top + 1)
                + across * pixel(image, from, width, height, left + 1, top + 1);
        return (1 - down) * above + down * below;
    }

    private static float pixel(float[] image, int from, int width, int height, int x, int y) {
        return x < 0 || y < 0 || x >= width || y >= height ? 0 : image[from + y * width + x];
    }

    /** Moves by whole pixels, as a crop from an image with a black border does. */
    static void shift(float[] image, int at, Frame frame, int right, int down, float[] scratch) {
        int width = frame.width();
        int height = frame.height();
        for (int channel = 0; channel < frame.channels(); channel++) {
            int from = at + channel * frame.plane();
            Arrays.fill(scratch, 0, frame.plane(), 0);
            for (int y = Math.max(0, down); y < Math.min(height, height + down); y++) {
                int start = Math.max(0, right);
                int length = width - Math.abs(right);
                if (length > 0) {
                    System.arraycopy(
                            image, from + (y - down) * width + start - right, scratch, y * width + start, length);
                }
            }
            System.arraycopy(scratch, 0, image, from, frame.plane());
        }
    }

    /** Left becomes right. */
    static void mirror(float[] image, int at, Frame frame) {
        for (int row = 0; row < frame.channels() * frame.height(); row++) {
            int left = at + row * frame.width();
            int right = left + frame.width() - 1;
            for (; left < right; left++, right--) {
                float kept = image[left];
                image[left] = image[right];
                image[right] = kept;
            }
        }
    }
}
