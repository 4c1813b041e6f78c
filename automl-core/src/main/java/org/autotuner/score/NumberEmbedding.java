package org.autotuner.score;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How {@link DenseNetwork} spreads each number over several inputs: an encoding (periodic or piecewise linear), then
 * optionally a linear layer of the number's own, a ReLU, and the number itself. Immutable and thread-safe.
 */
public final class NumberEmbedding {

    private final Encoding encoding;
    private final @Nullable Matrix weights;
    private final float[] bias;
    private final boolean relu;
    private final boolean raw;
    /** For piecewise encodings: what the bins below each bin add up to, with the bias; else without rows. */
    private final float[][] below;

    private NumberEmbedding(Encoding encoding, @Nullable Matrix weights, float[] bias, boolean relu, boolean raw) {
        this.encoding = encoding;
        this.weights = weights;
        this.bias = bias;
        this.relu = relu;
        this.raw = raw;
        this.below = weights != null && encoding instanceof PiecewiseEncoding piecewise
                ? piecewise.below(weights, bias)
                : new float[0][];
    }

    /**
     * cos(2 pi w x + b) for each of a number's frequencies w and phases b (Gorishniy et al. 2022; "PBLD" of RealMLP is
     * this with {@link #withLinear} and {@link #withRaw}). A sine is a cosine with the phase lowered by pi / 2.
     *
     * @param count frequencies of each number, at least 1
     * @param frequencies numbers x count, number by number; copied
     * @param phases in radians, numbers x count; copied
     * @throws IllegalArgumentException if lengths do not fit or a value is not finite
     */
    public static NumberEmbedding periodic(int count, float[] frequencies, float[] phases) {
        return plain(new PeriodicEncoding(count, frequencies, phases));
    }

    /**
     * The share of each bin that lies below a number x: (x - from) / (to - from), not below 0 except in the first bin
     * and not above 1 except in the last one (Gorishniy et al. 2022). A linear term a x, which some versions add, is the
     * same as adding {@code a * (to - from)} to the weights of each bin and {@code a * first edge} to the bias.
     *
     * @param edges for each number at least two ascending edges; copied
     * @throws IllegalArgumentException if edges do not ascend or are not finite
     */
    public static NumberEmbedding piecewiseLinear(List<float[]> edges) {
        return plain(new PiecewiseEncoding(edges));
    }

    private static NumberEmbedding plain(Encoding encoding) {
        return new NumberEmbedding(encoding, null, new float[0], false, false);
    }

    static NumberEmbedding plain(Encoding encoding, boolean relu, boolean raw) {
        return new NumberEmbedding(encoding, null, new float[0], relu, raw);
    }

    /**
     * With a linear layer for each number behind the encoding.
     *
     * @param width outputs for each number, at least 1
     * @param weights components x width: the components of the first number's encoding, then of the next, each with
     *     its weight for every output; copied
     * @param bias numbers x width; copied
     * @throws IllegalArgumentException if lengths do not fit or a value is not finite
     */
    public NumberEmbedding withLinear(int width, float[] weights, float[] bias) {
        Arguments.that(width >= 1, "The width of a linear layer must be at least 1, but is %d.", width);
        return withLinear(Matrix.table(encoding.components(), width, weights, "weights of the embedding"), bias);
    }

    NumberEmbedding withLinear(Matrix given, float[] biases) {
        Arguments.length(biases.length, (long) encoding.numbers() * given.columns(), "bias of the embedding");
        Arguments.finite(biases, "bias of the embedding");
        return new NumberEmbedding(encoding, given, biases.clone(), relu, raw);
    }

    /** With max(z, 0) of every component, behind the linear layer if there is one. */
    public NumberEmbedding withRelu() {
        return new NumberEmbedding(encoding, weights, bias, true, raw);
    }

    /** With the number itself behind its components. */
    public NumberEmbedding withRaw() {
        return new NumberEmbedding(encoding, weights, bias, relu, true);
    }

    NumberEmbedding compressed(Compression compression) {
        return weights == null ? this : new NumberEmbedding(encoding, compression.other(weights), bias, relu, raw);
    }

    Encoding encoding() {
        return encoding;
    }

    @Nullable
    Matrix weights() {
        return weights;
    }

    float[] bias() {
        return bias;
    }

    boolean relu() {
        return relu;
    }

    boolean raw() {
        return raw;
    }

    /** Number of values for all numbers together. */
    long width() {
        int numbers = encoding.numbers();
        long components = weights == null ? encoding.components() : (long) numbers * weights.columns();
        return components + (raw ? numbers : 0);
    }

    /** Writes the values for all numbers to {@code out} from 0 on. */
    void apply(float[] x, float[] out) {
        float[] encoded = below.length > 0 ? x : encoding.encode(x);
        int at = 0;
        for (int n = 0; n < encoding.numbers(); n++) {
            int start = at;
            if (below.length > 0) {
                at = bin(n, x[n], out, at);
            } else if (weights == null) {
                int count = encoding.start(n + 1) - encoding.start(n);
                System.arraycopy(encoded, encoding.start(n), out, at, count);
                at += count;
            } else {
                at = linear(n, encoded, weights, out, at);
            }
            for (int i = start; relu && i < at; i++) {
                out[i] = Math.max(0, out[i]);
            }
            if (raw) {
                out[at++] = x[n];
            }
        }
    }

    private int linear(int number, float[] encoded, Matrix linear, float[] out, int at) {
        int width = linear.columns();
        System.arraycopy(bias, number * width, out, at, width);
        for (int c = encoding.start(number); c < encoding.start(number + 1); c++) {
            float factor = encoded[c];
            float[] row = linear.row(c);
            for (int i = 0; i < width; i++) {
                out[at + i] += factor * row[i];
            }
        }
        return at + width;
    }

    /** All bins below count fully, and those above not at all: one lookup instead of a sum over bins. */
    private int bin(int number, float x, float[] out, int at) {
        PiecewiseEncoding piecewise = (PiecewiseEncoding) encoding;
        int bin = piecewise.bin(number, x);
        float share = piecewise.share(bin, x);
        float[] base = below[bin];
        float[] row = java.util.Objects.requireNonNull(weights).row(bin);
        for (int i = 0; i < base.length; i++) {
            out[at + i] = base[i] + share * row[i];
        }
        return at + base.length;
    }

    /** One number becomes several components. */
    sealed interface Encoding permits PeriodicEncoding, PiecewiseEncoding {

        int numbers();

        /** Place of a number's first component; for {@code numbers()} the end. */
        int start(int number);

        default int components() {
            return start(numbers());
        }

        /** All components of all numbers. */
        float[] encode(float[] x);
    }
}
