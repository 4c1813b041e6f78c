package org.autotuner.score;

import org.jspecify.annotations.Nullable;

/**
 * What a member of a dense network has of its own: a factor for each input, or none, and the last weights. Immutable by
 * convention: arrays are shared. Thread-safe.
 */
final class DenseHead {

    /** One row with a factor per input of the network; null where all inputs count as they are. */
    final @Nullable Matrix scaling;

    final Matrix weights;
    final float[] bias;

    DenseHead(@Nullable Matrix scaling, Matrix weights, float[] bias) {
        Arguments.length(bias.length, weights.rows(), "bias of a member");
        Arguments.finite(bias, "bias of a member");
        this.scaling = scaling;
        this.weights = weights;
        this.bias = bias;
    }

    DenseHead compressed(Compression compression) {
        return new DenseHead(scaling == null ? null : compression.other(scaling), compression.other(weights), bias);
    }
}
