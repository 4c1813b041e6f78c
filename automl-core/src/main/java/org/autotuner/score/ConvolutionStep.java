package org.autotuner.score;

/** A step of a {@link ConvolutionNetwork}: makes one stack of planes of an earlier one. Immutable and thread-safe. */
sealed interface ConvolutionStep permits Convolution, MaxPool {

    /** Number of the stack that it reads: 0 is the image, n the result of step n - 1. */
    int from();

    /**
     * Its shape after this step.
     *
     * @throws IllegalArgumentException if the input does not fit
     */
    PlaneShape shape(PlaneShape input);

    /** The multiplications of one row. */
    double products(PlaneShape input);

    /** Channels x (height x width), of the input's shape. */
    float[][] apply(float[][] input, PlaneShape shape, float[][][] earlier);
}
