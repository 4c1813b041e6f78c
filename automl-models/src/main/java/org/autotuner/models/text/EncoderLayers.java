package org.autotuner.models.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.models.product.Products;

/**
 * Layers of a BERT encoder: attention and feed-forward parts, each with its residual and layer normalisation. Tokens of many
 * texts are multiplied together without padding, attention stays within a text; a text's result does not depend on the texts
 * beside it. Immutable and thread-safe.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
final class EncoderLayers {

    /** Tokens whose activations stay in the processor's cache. */
    private static final int BLOCK = 64;

    private final EncoderConfig config;
    private final List<Layer> layers = new ArrayList<>();
    private final Products products = Products.here();

    private record Dense(float[][] matrix, float[] bias) {

        static Dense of(EncoderWeights weights, String name) {
            return new Dense(
                    weights.get(name + ".weight").transposedRows(),
                    weights.get(name + ".bias").values());
        }
    }

    private record Layer(
            Dense query,
            Dense key,
            Dense value,
            Dense mix,
            LayerNorm afterMix,
            Dense inner,
            Dense outer,
            LayerNorm afterOuter) {}

    /** The layers {@code from..layers-1} of these weights, which may hold no others. */
    EncoderLayers(EncoderWeights weights, int from) {
        this.config = weights.config();
        for (int i = from; i < config.layers(); i++) {
            String name = EncoderWeights.layer(i);
            layers.add(new Layer(
                    Dense.of(weights, name + "attention.self.query"),
                    Dense.of(weights, name + "attention.self.key"),
                    Dense.of(weights, name + "attention.self.value"),
                    Dense.of(weights, name + "attention.output.dense"),
                    LayerNorm.of(weights, name + "attention.output.LayerNorm"),
                    Dense.of(weights, name + "intermediate.dense"),
                    Dense.of(weights, name + "output.dense"),
                    LayerNorm.of(weights, name + "output.LayerNorm")));
        }
    }

    /**
     * Runs the first {@code count} of these layers over the vectors of some texts, in place.
     *
     * @param x vectors of all tokens
     * @param begins where each text's tokens begin, and behind them their number
     */
    void apply(float[][] x, int[] begins, int count) {
        Scratch scratch = new Scratch(x.length, config);
        for (Layer layer : layers.subList(0, count)) {
            apply(layer, x, begins, scratch);
        }
    }

    /** Working arrays of one call. */
    private static final class Scratch {
        private final float[][] query;
        private final float[][] key;
        private final float[][] value;
        private final float[][] mixed;
        private final float[][] inner;

        Scratch(int tokens, EncoderConfig config) {
            query = new float[tokens][config.width()];
            key = new float[tokens][config.width()];
            value = new float[tokens][config.width()];
            mixed = new float[tokens][config.width()];
            inner = new float[Math.min(tokens, BLOCK)][config.inner()];
        }
    }

    private void apply(Layer layer, float[][] x, int[] begins, Scratch scratch) {
        int tokens = x.length;
        for (int from = 0; from < tokens; from += BLOCK) {
            int to = Math.min(tokens, from + BLOCK);
            float[][] part = Arrays.copyOfRange(x, from, to);
            multiply(layer.query(), part, Arrays.copyOfRange(scratch.query, from, to));
            multiply(layer.key(), part, Arrays.copyOfRange(scratch.key, from, to));
            multiply(layer.value(), part, Arrays.copyOfRange(scratch.value, from, to));
        }
        for (int text = 0; text + 1 < begins.length; text++) {
            attend(scratch, begins[text], begins[text + 1]);
        }
        for (int from = 0; from < tokens; from += BLOCK) {
            int to = Math.min(tokens, from + BLOCK);
            float[][] part = Arrays.copyOfRange(x, from, to);
            addProduct(layer.mix(), Arrays.copyOfRange(scratch.mixed, from, to), part);
            for (float[] row : part) {
                layer.afterMix().apply(row);
            }
            multiply(layer.inner(), part, scratch.inner);
            for (int row = 0; row < part.length; row++) {
                Gelu.apply(scratch.inner[row]);
            }
            addProduct(layer.outer(), scratch.inner, part);
            for (float[] row : part) {
                layer.afterOuter().apply(row);
            }
        }
    }

    /** {@code out = x * matrix + bias}, for as many rows as x has. */
    private void multiply(Dense dense, float[][] x, float[][] out) {
        for (int row = 0; row < x.length; row++) {
            System.arraycopy(dense.bias(), 0, out[row], 0, out[row].length);
        }
        products.add(x, dense.matrix(), out, x.length);
    }

    /** {@code out += x * matrix + bias}, for as many rows as out has. */
    private void addProduct(Dense dense, float[][] x, float[][] out) {
        for (float[] row : out) {
            Products.one(1, dense.bias(), row, 0, row.length);
        }
        products.add(x, dense.matrix(), out, out.length);
    }

    /** Scaled dot-product attention of all heads within the tokens {@code from..to-1}. */
    private void attend(Scratch scratch, int from, int to) {
        int length = to - from;
        int width = config.width();
        int head = width / config.heads();
        float scale = (float) (1 / Math.sqrt(head));
        float[][] keys = new float[width][length];
        for (int j = 0; j < length; j++) {
            float[] key = scratch.key[from + j];
            for (int c = 0; c < width; c++) {
                keys[c][j] = key[c] * scale;
            }
        }
        float[] scores = new float[length];
        for (int i = from; i < to; i++) {
            float[] query = scratch.query[i];
            float[] out = scratch.mixed[i];
            Arrays.fill(out, 0);
            for (int first = 0; first < width; first += head) {
                Arrays.fill(scores, 0);
                products.accumulate(query, first, keys, first, first + head, scores, 0, length);
                softmax(scores);
                products.accumulate(scores, 0, scratch.value, from, to, out, first, first + head);
            }
        }
    }

    private static void softmax(float[] scores) {
        float most = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            most = Math.max(most, score);
        }
        double sum = 0;
        for (int j = 0; j < scores.length; j++) {
            scores[j] = (float) Math.exp(scores[j] - most);
            sum += scores[j];
        }
        float factor = (float) (1 / sum);
        for (int j = 0; j < scores.length; j++) {
            scores[j] *= factor;
        }
    }
}
