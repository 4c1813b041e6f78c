package org.autotuner.score;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with bias, then perhaps the sum with an earlier stack of planes, then perhaps ReLU. The weights are outputs x
 * inputs x kernel x kernel, as PyTorch's; the bias holds what batch normalisation comes to after training.
 *
 * <p>The planes are taken apart into {@code stride x stride} ones of every so-manieth pixel, zeros around them, so that a weight
 * meets consecutive numbers of its input and of a result that is as wide as these: one loop over a whole plane, which the JIT
 * compiler vectorises. What such a loop computes between two lines is left out at the end.
 */
final class Convolution implements ConvolutionStep {

    private static final int TOGETHER = 4;

    private final int from;
    private final int added;
    private final int inputs;
    private final int kernel;
    private final int stride;
    private final int padding;
    private final boolean relu;
    private final float[] weights;
    private final float[] bias;
    /** Empty, or one per output: then every weight is a whole number in -127..127 times it. */
    private final float[] scales;

    /**
     * A step.
     *
     * @param added number of the stack that is added before ReLU; -1 for none
     * @param weights not copied
     * @param bias not copied
     */
    Convolution(
            int from,
            int added,
            int inputs,
            int kernel,
            int stride,
            int padding,
            boolean relu,
            float[] weights,
            float[] bias,
            float[] scales) {
        Arguments.that(bias.length >= 1 && inputs >= 1, "A convolution needs inputs and outputs.");
        Arguments.length(weights.length, (long) bias.length * inputs * kernel * kernel, "weights of a convolution");
        Arguments.finite(weights, "weights of a convolution");
        Arguments.finite(bias, "bias of a convolution");
        this.from = from;
        this.added = added;
        this.inputs = inputs;
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
        this.relu = relu;
        this.weights = weights;
        this.bias = bias;
        this.scales = scales;
    }

    @Override
    public int from() {
        return from;
    }

    int added() {
        return added;
    }

    int inputs() {
        return inputs;
    }

    int kernel() {
        return kernel;
    }

    int stride() {
        return stride;
    }

    int padding() {
        return padding;
    }

    boolean relu() {
        return relu;
    }

    float[] weights() {
        return weights;
    }

    float[] bias() {
        return bias;
    }

    float[] scales() {
        return scales;
    }

    /** The same with weights of bytes. */
    Convolution compressed(Compression compression) {
        Matrix matrix = compression.layer(Matrix.of(bias.length, weights.length / bias.length, weights, "weights"));
        return new Convolution(
                from, added, inputs, kernel, stride, padding, relu, matrix.values(), bias, matrix.scales());
    }

    @Override
    public PlaneShape shape(PlaneShape input) {
        Arguments.that(
                input.channels() == inputs,
                "A convolution of %d planes cannot read %d planes.",
                inputs,
                input.channels());
        return input.windows(bias.length, kernel, stride, padding);
    }

    @Override
    public double products(PlaneShape input) {
        return (double) shape(input).size() * inputs * kernel * kernel;
    }

    @Override
    public float[][] apply(float[][] input, PlaneShape shape, float[][][] earlier) {
        PlaneShape result = shape(shape);
        int reach = (kernel - 1) / stride;
        int wide = result.width() + reach;
        int high = result.height() + reach;
        int phases = Math.min(stride, kernel);
        float[][] parts = parts(input, shape, wide, high, phases);
        int length = (result.height() - 1) * wide + result.width();
        float[][] planes = new float[bias.length][];
        float[] sums = new float[length];
        float[] others = new float[length];
        int output = 0;
        for (; output + 1 < bias.length; output += 2) {
            Arrays.fill(sums, bias[output]);
            Arrays.fill(others, bias[output + 1]);
            addTaps(parts, wide, phases, output, sums, others);
            planes[output] = narrow(sums, wide, result);
            planes[output + 1] = narrow(others, wide, result);
        }
        if (output < bias.length) {
            Arrays.fill(sums, bias[output]);
            addTaps(parts, wide, phases, output, sums, null);
            planes[output] = narrow(sums, wide, result);
        }
        finish(planes, added < 0 ? null : earlier[added]);
        return planes;
    }

    /** Part {@code (channel x phases + row phase) x phases + column phase}. */
    private float[][] parts(float[][] input, PlaneShape shape, int wide, int high, int phases) {
        float[][] parts = new float[inputs * phases * phases][];
        for (int channel = 0; channel < inputs; channel++) {
            for (int phase = 0; phase < phases * phases; phase++) {
                float[] part = new float[wide * high];
                for (int y = 0; y < high; y++) {
                    int row = y * stride + phase / phases - padding;
                    if (row >= 0 && row < shape.height()) {
                        copyRow(
                                input[channel],
                                row * shape.width(),
                                shape.width(),
                                phase % phases,
                                part,
                                y * wide,
                                wide);
                    }
                }
                parts[channel * phases * phases + phase] = part;
            }
        }
        return parts;
    }

    private void copyRow(float[] plane, int at, int width, int phase, float[] part, int to, int wide) {
        if (stride == 1) {
            int length = Math.min(width, wide - padding);
            System.arraycopy(plane, at, part, to + padding, length);
            return;
        }
        for (int x = 0; x < wide; x++) {
            int column = x * stride + phase - padding;
            if (column >= 0 && column < width) {
                part[to + x] = plane[at + column];
            }
        }
    }

    private void addTaps(float[][] parts, int wide, int phases, int output, float[] sums, float @Nullable [] others) {
        int taps = kernel * kernel;
        int one = output * inputs * taps;
        int two = others == null ? one : one + inputs * taps;
        int step = phases * phases;
        for (int tap = 0; tap < taps; tap++) {
            int y = tap / kernel;
            int x = tap % kernel;
            int phase = y % stride * phases + x % stride;
            int offset = y / stride * wide + x / stride;
            int channel = 0;
            for (; channel + TOGETHER <= inputs; channel += TOGETHER) {
                float[] a = parts[channel * step + phase];
                float[] b = parts[(channel + 1) * step + phase];
                float[] c = parts[(channel + 2) * step + phase];
                float[] d = parts[(channel + 3) * step + phase];
                int w = one + channel * taps + tap;
                addFour(
                        weights[w],
                        a,
                        weights[w + taps],
                        b,
                        weights[w + 2 * taps],
                        c,
                        weights[w + 3 * taps],
                        d,
                        offset,
                        sums);
                if (others != null) {
                    int v = two + channel * taps + tap;
                    addFour(
                            weights[v],
                            a,
                            weights[v + taps],
                            b,
                            weights[v + 2 * taps],
                            c,
                            weights[v + 3 * taps],
                            d,
                            offset,
                            others);
                }
            }
            for (; channel < inputs; channel++) {
                float[] a = parts[channel * step + phase];
                addOne(weights[one + channel * taps + tap], a, offset, sums);
                if (others != null) {
                    addOne(weights[two + channel * taps + tap], a, offset, others);
                }
            }
        }
    }

    private static void addFour(
            float a, float[] u, float b, float[] v, float c, float[] w, float d, float[] z, int offset, float[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] += a * u[i + offset] + b * v[i + offset] + c * w[i + offset] + d * z[i + offset];
        }
    }

    private static void addOne(float a, float[] u, int offset, float[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] += a * u[i + offset];
        }
    }

    private static float[] narrow(float[] sums, int wide, PlaneShape result) {
        float[] plane = new float[result.plane()];
        for (int y = 0; y < result.height(); y++) {
            System.arraycopy(sums, y * wide, plane, y * result.width(), result.width());
        }
        return plane;
    }

    private void finish(float[][] planes, float @Nullable [][] sum) {
        for (int channel = 0; channel < planes.length; channel++) {
            float[] plane = planes[channel];
            if (sum != null) {
                float[] other = sum[channel];
                for (int i = 0; i < plane.length; i++) {
                    plane[i] += other[i];
                }
            }
            if (relu) {
                for (int i = 0; i < plane.length; i++) {
                    plane[i] = Math.max(0, plane[i]);
                }
            }
        }
    }
}
