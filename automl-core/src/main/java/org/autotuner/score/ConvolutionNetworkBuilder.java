package org.autotuner.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of a {@link ConvolutionNetwork}. Stacks of planes have numbers: 0 is the image, each step returns that of
 * its result. Arrays are copied. Not thread-safe.
 */
public final class ConvolutionNetworkBuilder {

    private final int first;
    private final PlaneShape image;
    private final List<ConvolutionStep> steps = new ArrayList<>();
    private float[] centres;
    private float[] factors;
    private @Nullable Matrix head;
    private float[] bias = {};
    private double[] scales = {};
    private double[] offsets = {};
    private double low = Double.NEGATIVE_INFINITY;
    private double high = Double.POSITIVE_INFINITY;
    private Link link = Link.IDENTITY;

    ConvolutionNetworkBuilder(int first, PlaneShape image) {
        this.first = first;
        this.image = image;
        this.centres = new float[image.channels()];
        this.factors = new float[image.channels()];
        Arrays.fill(factors, 1);
    }

    /** Each pixel x becomes {@code (x - centre) * factor}; one of each per channel. Default: as it is. */
    public ConvolutionNetworkBuilder scaling(float[] givenCentres, float[] givenFactors) {
        centres = givenCentres.clone();
        factors = givenFactors.clone();
        return this;
    }

    /**
     * Adds a convolution.
     *
     * @param from number of the planes to read
     * @param added number of planes of the result's shape, added before ReLU; -1 for none
     * @param inputs channels of {@code from}
     * @param kernel side of the window
     * @param padding zeros on each side, less than the kernel
     * @param weights outputs x inputs x kernel x kernel
     * @param outputs bias of each output
     * @return number of the result
     * @throws IllegalArgumentException if lengths do not fit each other or a value is not finite
     */
    public int convolve(
            int from,
            int added,
            int inputs,
            int kernel,
            int stride,
            int padding,
            boolean relu,
            float[] weights,
            float[] outputs) {
        steps.add(new Convolution(
                from, added, inputs, kernel, stride, padding, relu, weights.clone(), outputs.clone(), new float[0]));
        return steps.size();
    }

    /** Adds the largest number of each window; returns the number of the result. */
    public int maxPool(int from, int kernel, int stride, int padding) {
        steps.add(new MaxPool(from, kernel, stride, padding));
        return steps.size();
    }

    /**
     * The linear layer over the means of the last planes.
     *
     * @param weights outputs x channels
     * @param outputs bias of each output, at least one
     */
    public ConvolutionNetworkBuilder head(float[] weights, float[] outputs) {
        Arguments.that(
                outputs.length > 0 && weights.length % outputs.length == 0,
                "head: %d values are no whole number for each of %d outputs.",
                weights.length,
                outputs.length);
        head = Matrix.of(outputs.length, weights.length / outputs.length, weights, "weights of the head");
        bias = outputs.clone();
        return this;
    }

    /** Each output z becomes {@code z * scale + offset}. Default: as it is. */
    public ConvolutionNetworkBuilder outputs(double[] givenScales, double[] givenOffsets) {
        scales = givenScales.clone();
        offsets = givenOffsets.clone();
        return this;
    }

    /** Bounds of each output after scale and offset and before the link. Default: infinite. */
    public ConvolutionNetworkBuilder clamp(double lowest, double highest) {
        low = lowest;
        high = highest;
        return this;
    }

    /** Applied last. Default: {@link Link#IDENTITY}. */
    public ConvolutionNetworkBuilder link(Link given) {
        link = given;
        return this;
    }

    /**
     * The network.
     *
     * @throws IllegalArgumentException if there is no head or parts do not fit each other
     */
    public ConvolutionNetwork build() {
        Matrix last = head;
        if (last == null) {
            throw new IllegalArgumentException("A network of convolutions needs a head.");
        }
        return new ConvolutionNetwork(
                first, image, centres, factors, steps, last, bias, new NetworkEnding(scales, offsets, low, high, link));
    }
}
