package org.autotuner.score;

/**
 * What a member of a dense network has of its own: a factor for each input, or none, and the last weights. Immutable by
 * convention: arrays are shared. Thread-safe.
 */
final class DenseHead {

    /** One factor per input of the network; empty where all inputs count as they are. */
    final float[] scaling;

    final Matrix weights;
    final float[] bias;

    DenseHead(float[] scaling, Matrix weights, float[] bias) {
        Arguments.length(bias.length, weights.rows(), "bias of a member");
        Arguments.finite(bias, "bias of a member");
        Arguments.finite(scaling, "scaling of a member");
        this.scaling = scaling;
        this.weights = weights;
        this.bias = bias;
    }
}
