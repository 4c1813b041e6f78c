package org.autotuner.models.text;

import java.util.Arrays;
import org.autotuner.models.product.Products;

/**
 * A BERT encoder's forward pass in plain Java (Devlin et al. 2019, arXiv 1810.04805): embeddings, then {@link EncoderLayers}.
 * Immutable and thread-safe.
 */
final class Encoder {

    private final EncoderConfig config;
    private final float[][] words;
    private final float[][] positions;
    private final LayerNorm start;
    private final EncoderLayers layers;

    Encoder(EncoderWeights weights) {
        this.config = weights.config();
        this.words = weights.get("embeddings.word_embeddings.weight").rows();
        float[][] places = weights.get("embeddings.position_embeddings.weight").rows();
        float[] kind = weights.get("embeddings.token_type_embeddings.weight").rows()[0];
        for (float[] place : places) {
            Products.one(1, kind, place, 0, place.length);
        }
        this.positions = places;
        this.start = LayerNorm.of(weights, "embeddings.LayerNorm");
        this.layers = new EncoderLayers(weights, 0);
    }

    EncoderConfig config() {
        return config;
    }

    /** {@link #encode(int[][], int)} through all layers. */
    float[][][] encode(int[][] texts) {
        return encode(texts, config.layers());
    }

    /**
     * The vectors behind the first {@code count} layers.
     *
     * @param texts token ids, each text at least one and at most {@code positions} of them, all below {@code vocabulary}
     * @return for each text and token a vector
     */
    float[][][] encode(int[][] texts, int count) {
        int[] begins = new int[texts.length + 1];
        for (int i = 0; i < texts.length; i++) {
            begins[i + 1] = begins[i] + texts[i].length;
        }
        int width = config.width();
        float[][] x = new float[begins[texts.length]][width];
        for (int i = 0; i < texts.length; i++) {
            for (int j = 0; j < texts[i].length; j++) {
                float[] row = x[begins[i] + j];
                float[] word = words[texts[i][j]];
                float[] place = positions[j];
                for (int c = 0; c < width; c++) {
                    row[c] = word[c] + place[c];
                }
                start.apply(row);
            }
        }
        layers.apply(x, begins, count);
        float[][][] out = new float[texts.length][][];
        for (int i = 0; i < texts.length; i++) {
            out[i] = Arrays.copyOfRange(x, begins[i], begins[i + 1]);
        }
        return out;
    }
}
