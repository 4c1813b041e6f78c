package org.autotuner.score;

/** A stack of planes: channels, each height x width. */
record PlaneShape(int channels, int height, int width) {

    private static final int MOST = 1 << 24;

    PlaneShape {
        Arguments.that(
                channels >= 1 && height >= 1 && width >= 1 && (long) channels * height * width <= MOST,
                "%d planes of %d x %d cannot be.",
                channels,
                height,
                width);
    }

    int plane() {
        return height * width;
    }

    int size() {
        return channels * height * width;
    }

    /** The shape where windows of a kernel move over it. */
    PlaneShape windows(int outputs, int kernel, int stride, int padding) {
        Arguments.that(
                kernel >= 1 && kernel <= 64 && stride >= 1 && stride <= 64 && padding >= 0 && padding < kernel,
                "A window of %d x %d with stride %d and padding %d cannot be.",
                kernel,
                kernel,
                stride,
                padding);
        Arguments.that(
                height + 2 * padding >= kernel && width + 2 * padding >= kernel,
                "A window of %d x %d is larger than a plane of %d x %d with padding %d.",
                kernel,
                kernel,
                height,
                width,
                padding);
        return new PlaneShape(
                outputs, (height + 2 * padding - kernel) / stride + 1, (width + 2 * padding - kernel) / stride + 1);
    }
}
