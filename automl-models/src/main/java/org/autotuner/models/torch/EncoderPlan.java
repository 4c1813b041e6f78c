package org.autotuner.models.torch;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.train.Loss;

/**
 * The upper layers of a BERT-like encoder with a head on the mean of their vectors, as {@link EncoderLearner} trains them.
 *
 * @param layers trained ones; 0 trains the head alone
 * @param width of a token's vector
 * @param inner width of the feed-forward parts
 * @param outputs of the head
 * @param weightDecay of AdamW; biases, normalisations and the head's bias have none
 * @param layerDecay factor of the learning rate from each layer to the one below it; the head has {@code headRate} times the
 *     rate
 * @param clipNorm largest norm of the gradient
 */
public record EncoderPlan(
        int layers,
        int width,
        int heads,
        int inner,
        double epsilon,
        int outputs,
        Loss loss,
        boolean hasLabels,
        double weightDecay,
        double layerDecay,
        double headRate,
        double clipNorm) {

    /** Names of the weights of a layer, in the order in which the script takes them. */
    private static final List<String> PARTS = List.of(
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
            "attention.output.LayerNorm",
            "intermediate.dense",
            "output.dense",
            "output.LayerNorm");

    /** A trained weight: its name within its layer, its shape, and whether weight decay is for it. */
    public record Weight(int layer, String name, List<Integer> shape, boolean isDecayed) {

        /** How many numbers it has. */
        public int size() {
            return shape.stream().reduce(1, (a, b) -> a * b);
        }
    }

    /**
     * All weights: the lowest trained layer's first (layer 0), the head's (layer {@code layers}) last, {@code weight}
     * and {@code bias} of shapes outputs x width and outputs.
     */
    public List<Weight> weights() {
        return weights(layers, width, inner, outputs);
    }

    /** The same for a plan of these sizes. */
    public static List<Weight> weights(int layers, int width, int inner, int outputs) {
        List<Weight> all = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            for (String part : PARTS) {
                boolean isNorm = part.endsWith("LayerNorm");
                int rows = part.equals("intermediate.dense") ? inner : width;
                int columns = part.equals("output.dense") ? inner : width;
                all.add(new Weight(layer, part + ".weight", isNorm ? List.of(width) : List.of(rows, columns), !isNorm));
                all.add(new Weight(layer, part + ".bias", List.of(isNorm ? width : rows), false));
            }
        }
        all.add(new Weight(layers, "weight", List.of(outputs, width), true));
        all.add(new Weight(layers, "bias", List.of(outputs), false));
        return all;
    }

    /** Factor of the learning rate of a weight. */
    double rateFactor(Weight weight) {
        return weight.layer() == layers ? headRate : Math.pow(layerDecay, layers - 1 - weight.layer());
    }
}
