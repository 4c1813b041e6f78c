package org.autotuner.models.image;

/** Changes the numbers of an image where they are, as Pillow's operations of 8 bits do. */
final class Tones {

    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    private Tones() {}

    /** Away from black; a factor of 1 changes nothing. */
    static void brightness(float[] image, int at, Frame frame, double factor) {
        for (int i = at; i < at + frame.size(); i++) {
            image[i] = bounded(factor * image[i]);
        }
    }

    /** Away from the mean luma of the image. */
    static void contrast(float[] image, int at, Frame frame, double factor) {
        double mean = 0;
        for (int i = 0; i < frame.plane(); i++) {
            mean += luma(image, at, frame, i);
        }
        mean /= frame.plane();
        for (int i = at; i < at + frame.size(); i++) {
            image[i] = bounded(mean + factor * (image[i] - mean));
        }
    }

    /** Away from each pixel's luma; grey stays as it is. */
    static void colour(float[] image, int at, Frame frame, double factor) {
        if (frame.channels() == 1) {
            return;
        }
        for (int i = 0; i < frame.plane(); i++) {
            float grey = luma(image, at, frame, i);
            for (int channel = 0; channel < 3; channel++) {
                int place = at + channel * frame.plane() + i;
                image[place] = bounded(grey + factor * (image[place] - grey));
            }
        }
    }

    private static float luma(float[] image, int at, Frame frame, int i) {
        if (frame.channels() == 1) {
            return image[at + i];
        }
        return LUMA[0] * image[at + i]
                + LUMA[1] * image[at + frame.plane() + i]
                + LUMA[2] * image[at + 2 * frame.plane() + i];
    }

    /** Away from the image smoothed by (1 1 1; 1 5 1; 1 1 1) / 13; the border stays. */
    static void sharpness(float[] image, int at, Frame frame, double factor, float[] scratch) {
        int width = frame.width();
        for (int channel = 0; channel < frame.channels(); channel++) {
            int from = at + channel * frame.plane();
            System.arraycopy(image, from, scratch, 0, frame.plane());
            for (int y = 1; y < frame.height() - 1; y++) {
                for (int x = 1; x < width - 1; x++) {
                    float sum = 4 * scratch[y * width + x];
                    for (int dy = -1; dy <= 1; dy++) {
                        for (int dx = -1; dx <= 1; dx++) {
                            sum += scratch[(y + dy) * width + x + dx];
                        }
                    }
                    float smooth = sum / 13;
                    image[from + y * width + x] = bounded(smooth + factor * (scratch[y * width + x] - smooth));
                }
            }
        }
    }

    /** Keeps the highest bits of 8. */
    static void posterize(float[] image, int at, Frame frame, int bits) {
        int mask = 0xff << (8 - bits) & 0xff;
        for (int i = at; i < at + frame.size(); i++) {
            image[i] = (Math.round(255 * image[i]) & mask) / 255f;
        }
    }

    /** Inverts what is at or above a threshold of 0 to 255. */
    static void solarize(float[] image, int at, Frame frame, double threshold) {
        for (int i = at; i < at + frame.size(); i++) {
            image[i] = 255 * image[i] >= threshold ? 1 - image[i] : image[i];
        }
    }

    static void invert(float[] image, int at, Frame frame) {
        for (int i = at; i < at + frame.size(); i++) {
            image[i] = 1 - image[i];
        }
    }

    /** Stretches each channel to reach from 0 to 1. */
    static void autocontrast(float[] image, int at, Frame frame) {
        for (int channel = 0; channel < frame.channels(); channel++) {
            int from = at + channel * frame.plane();
            float low = 1;
            float high = 0;
            for (int i = from; i < from + frame.plane(); i++) {
                low = Math.min(low, image[i]);
                high = Math.max(high, image[i]);
            }
            for (int i = from; i < from + frame.plane() && high > low; i++) {
                image[i] = (image[i] - low) / (high - low);
            }
        }
    }

    /** Makes the histogram of 256 steps of each channel flat, by Pillow's rule. */
    static void equalize(float[] image, int at, Frame frame) {
        for (int channel = 0; channel < frame.channels(); channel++) {
            int from = at + channel * frame.plane();
            int[] counts = new int[256];
            int last = 0;
            for (int i = from; i < from + frame.plane(); i++) {
                int value = Math.round(255 * image[i]);
                counts[value]++;
                last = Math.max(last, value);
            }
            int step = (frame.plane() - counts[last]) / 255;
            if (step == 0) {
                continue;
            }
            float[] table = new float[256];
            int sum = step / 2;
            for (int value = 0; value < 256; value++) {
                table[value] = Math.min(255, sum / step) / 255f;
                sum += counts[value];
            }
            for (int i = from; i < from + frame.plane(); i++) {
                image[i] = table[Math.round(255 * image[i])];
            }
        }
    }

    private static float bounded(double value) {
        return (float) Math.max(0, Math.min(1, value));
    }
}
