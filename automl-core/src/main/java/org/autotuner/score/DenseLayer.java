package org.autotuner.score;

/**
 * A layer: the activation of weights times inputs plus bias; with a blend a, {@code (1 - a) z + a activation(z)} of each
 * z. Immutable by convention: arrays are shared. Thread-safe.
 */
final class DenseLayer {

    final Matrix weights;
    final float[] bias;
    final Activation activation;
    /** One value per neuron, or none. */
    final float[] blend;

    DenseLayer(Matrix weights, float[] bias, Activation activation, float[] blend) {
        Arguments.length(bias.length, weights.rows(), "bias of a layer");
        Arguments.that(
                blend.length == 0 || blend.length == bias.length,
                "blend: %d values are given for %d neurons.",
                blend.length,
                bias.length);
        Arguments.finite(bias, "bias of a layer");
        Arguments.finite(blend, "blend");
        this.weights = weights;
        this.bias = bias;
        this.activation = activation;
        this.blend = blend;
    }

    DenseLayer compressed(Compression compression) {
        return new DenseLayer(compression.layer(weights), bias, activation, blend);
    }

    /** See {@link Matrix#addProduct} for the arguments. */
    void apply(float[] x, int[] places, float[] out) {
        System.arraycopy(bias, 0, out, 0, bias.length);
        weights.addProduct(x, places, out);
        if (blend.length == 0) {
            activation.apply(out);
            return;
        }
        float[] linear = out.clone();
        activation.apply(out);
        for (int i = 0; i < out.length; i++) {
            out[i] = (1 - blend[i]) * linear[i] + blend[i] * out[i];
        }
    }
}
