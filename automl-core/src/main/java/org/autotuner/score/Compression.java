package org.autotuner.score;

/**
 * How the dense networks of a model are made smaller, with outputs that differ a little.
 *
 * <p>Bytes: the weights of each neuron, and the embedding of each level, become whole numbers in -127..127 times a scale
 * of their own; rows shorter than 8 stay floats. Files shrink to about a quarter. In memory the weights are floats again:
 * the JIT compiler of JDK 17 does not vectorise products with bytes, which are several times slower than with floats, so
 * scoring takes as long as before.
 *
 * <p>Zeros: of each layer the given share of weights that are nearest to 0 become 0; heads and embeddings keep theirs.
 * Files hold the others and one bit for each weight. Scoring gets faster from about 96 % zeros on.
 *
 * @param bytes whether weights are stored as bytes
 * @param zeros share of a layer's weights that are 0 at least, in 0..1 without 1
 */
public record Compression(boolean bytes, double zeros) {

    public Compression {
        if (!(zeros >= 0 && zeros < 1)) {
            throw new IllegalArgumentException("The share of zeros must be in 0..1 without 1, but is " + zeros + ".");
        }
    }

    /** Weights as bytes; none of them is dropped. */
    public static Compression ofBytes() {
        return new Compression(true, 0);
    }

    /** The smallest weights of each layer become 0. */
    public static Compression ofZeros(double share) {
        return new Compression(false, share);
    }

    /** With both: zeros first, then bytes. */
    public Compression andBytes() {
        return new Compression(true, zeros);
    }

    boolean isNone() {
        return !bytes && zeros == 0;
    }

    /** A matrix of a layer. */
    Matrix layer(Matrix weights) {
        return other(zeros > 0 ? weights.pruned(zeros) : weights);
    }

    /** A matrix of something else. */
    Matrix other(Matrix weights) {
        return bytes ? weights.quantized() : weights;
    }
}
