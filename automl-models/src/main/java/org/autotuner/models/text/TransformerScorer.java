package org.autotuner.models.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.bundle.Node;
import org.autotuner.model.TargetScale;
import org.autotuner.models.torch.EncoderPlan;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.score.Compression;
import org.autotuner.score.Link;
import org.autotuner.score.Scorer;

/**
 * An encoder whose upper layers were trained further, and a linear head on its sentence vector, in plain Java. Reads the
 * features of {@code SentencePreparation.ofTokens}: the encoder's vector, which it leaves, then token ids; an id that the
 * encoder does not know counts as token 0. The lower layers are those of the shared encoder. Immutable and thread-safe.
 */
final class TransformerScorer implements Scorer {

    static final String TYPE = "transformer";

    private final SentenceEncoder encoder;
    private final TunedWeights weights;
    private final TargetScale scale;
    private final Link link;
    private final int tuned;
    private final EncoderLayers layers;

    TransformerScorer(SentenceEncoder encoder, TunedWeights weights, TargetScale scale, Link link) {
        this.encoder = encoder;
        this.weights = weights;
        this.scale = scale;
        this.link = link;
        this.tuned = weights.layers();
        EncoderConfig config = encoder.loaded().config();
        this.layers =
                new EncoderLayers(EncoderWeights.ofLayers(config, weights.tensors(config)), config.layers() - tuned);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return weights.outputs();
    }

    @Override
    public int width() {
        return encoder.width() + encoder.mostTokens();
    }

    @Override
    public Optional<TextEncoder> encoder() {
        return Optional.of(encoder);
    }

    TunedWeights weights() {
        return weights;
    }

    TargetScale scale() {
        return scale;
    }

    Link link() {
        return link;
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        int[] ids = ids(row.array(), row.offset(), encoder);
        EncoderConfig config = encoder.loaded().config();
        float[][] x = encoder.loaded().parts().encoder().encode(new int[][] {ids}, config.layers() - tuned)[0];
        layers.apply(x, new int[] {0, ids.length}, tuned);
        float[] vector = new float[config.width()];
        SentenceEncoder.pool(x, vector, 0);
        double root = Math.sqrt(vector.length);
        float[] head = weights.head();
        float[] bias = weights.bias();
        for (int k = 0; k < bias.length; k++) {
            double sum = bias[k];
            for (int c = 0; c < vector.length; c++) {
                sum += head[k * vector.length + c] * root * vector[c];
            }
            out[k] = scale.undo(sum);
        }
        link.apply(out, bias.length);
    }

    /** The token ids of all rows. */
    static int[][] ids(FeatureMatrix features, SentenceEncoder encoder) {
        int[][] all = new int[features.rows()][];
        for (int row = 0; row < all.length; row++) {
            all[row] = ids(features.denseArray(), row * features.width(), encoder);
        }
        return all;
    }

    /** The token ids of a row of features that begins at {@code offset}. */
    static int[] ids(float[] features, int offset, SentenceEncoder encoder) {
        int from = offset + encoder.width();
        int length = 0;
        while (length < encoder.mostTokens() && features[from + length] >= 0) {
            length++;
        }
        int[] ids = new int[Math.max(1, length)];
        int vocabulary = encoder.loaded().config().vocabulary();
        for (int i = 0; i < length; i++) {
            int id = (int) features[from + i];
            ids[i] = id < vocabulary ? id : 0;
        }
        return ids;
    }

    @Override
    public Scorer compressed(Compression compression) {
        return compression.bytes() && !weights.areBytes()
                ? new TransformerScorer(encoder, weights.rounded(), scale, link)
                : this;
    }

    @Override
    public void write(Node node) {
        node.put("encoder", encoder.id())
                .put("layers", tuned)
                .put("outputs", outputs())
                .put("mean", scale.mean())
                .put("deviation", scale.deviation())
                .put("link", link.name());
        weights.write(node);
    }

    /** The weights' names and shapes for so many layers of an encoder. */
    static List<EncoderPlan.Weight> shapes(EncoderConfig config, int layers, int outputs) {
        return new ArrayList<>(EncoderPlan.weights(layers, config.width(), config.inner(), outputs));
    }

    static Map<String, Link> links() {
        return Map.of("IDENTITY", Link.IDENTITY, "SIGMOID", Link.SIGMOID, "SOFTMAX", Link.SOFTMAX);
    }
}
