package org.autotuner.models.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.bundle.Node;
import org.autotuner.models.torch.EncoderPlan;
import org.autotuner.models.weights.Tensor;

/**
 * The weights of trained layers and of the head, in the order of {@link EncoderPlan#weights()}; as bytes with a scale for each
 * row of a matrix, if they were rounded to such. Immutable by convention.
 */
final class TunedWeights {

    private static final int STEPS = 127;

    private final int layers;
    private final int outputs;
    private final List<EncoderPlan.Weight> shapes;
    private final List<float[]> values;
    private final boolean areBytes;

    private TunedWeights(
            int layers, int outputs, List<EncoderPlan.Weight> shapes, List<float[]> values, boolean areBytes) {
        this.layers = layers;
        this.outputs = outputs;
        this.shapes = shapes;
        this.values = values;
        this.areBytes = areBytes;
    }

    static TunedWeights of(EncoderConfig config, int layers, int outputs, List<float[]> values) {
        return new TunedWeights(
                layers, outputs, TransformerScorer.shapes(config, layers, outputs), List.copyOf(values), false);
    }

    int layers() {
        return layers;
    }

    int outputs() {
        return outputs;
    }

    boolean areBytes() {
        return areBytes;
    }

    float[] head() {
        return values.get(values.size() - 2);
    }

    float[] bias() {
        return values.get(values.size() - 1);
    }

    /** The layers' weights by the names that they have in the whole encoder. */
    Map<String, Tensor> tensors(EncoderConfig config) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < values.size() - 2; i++) {
            EncoderPlan.Weight weight = shapes.get(i);
            int layer = config.layers() - layers + weight.layer();
            int[] shape = weight.shape().stream().mapToInt(Integer::intValue).toArray();
            tensors.put(EncoderWeights.layer(layer) + weight.name(), new Tensor(values.get(i), shape));
        }
        return tensors;
    }

    /** Each row of each matrix in 255 steps up to its largest value. */
    TunedWeights rounded() {
        List<float[]> rounded = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            float[] copy = values.get(i).clone();
            if (shapes.get(i).isDecayed()) {
                float[] scales = scales(i);
                int columns = shapes.get(i).shape().get(1);
                for (int j = 0; j < copy.length; j++) {
                    float scale = scales[j / columns];
                    copy[j] = scale == 0 ? 0 : step(copy[j], scale) * scale;
                }
            }
            rounded.add(copy);
        }
        return new TunedWeights(layers, outputs, shapes, rounded, true);
    }

    private float[] scales(int number) {
        float[] matrix = values.get(number);
        int columns = shapes.get(number).shape().get(1);
        float[] scales = new float[matrix.length / columns];
        for (int j = 0; j < matrix.length; j++) {
            scales[j / columns] = Math.max(scales[j / columns], Math.abs(matrix[j]) / STEPS);
        }
        return scales;
    }

    private static byte step(float value, float scale) {
        return (byte) Math.max(-STEPS, Math.min(STEPS, Math.round(value / scale)));
    }

    void write(Node node) {
        node.put("bytes", areBytes);
        for (int i = 0; i < values.size(); i++) {
            Node place = node.append("weights");
            if (!areBytes || !shapes.get(i).isDecayed()) {
                place.put("values", values.get(i));
                continue;
            }
            float[] scales = scales(i);
            int columns = shapes.get(i).shape().get(1);
            byte[] steps = new byte[values.get(i).length];
            for (int j = 0; j < steps.length; j++) {
                float scale = scales[j / columns];
                steps[j] = scale == 0 ? 0 : step(values.get(i)[j], scale);
            }
            place.put("values", steps).put("scales", scales);
        }
    }

    /** Reads what {@link #write} wrote; all numbers are finite. */
    static TunedWeights read(Node node, EncoderConfig config, int layers, int outputs) {
        boolean areBytes = node.flag("bytes");
        List<EncoderPlan.Weight> shapes = TransformerScorer.shapes(config, layers, outputs);
        List<Node> places = node.nodes("weights");
        if (places.size() != shapes.size()) {
            throw node.wrong("weights", "are %d instead of %d".formatted(places.size(), shapes.size()));
        }
        List<float[]> values = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            float[] read = areBytes && shapes.get(i).isDecayed()
                    ? bytes(places.get(i), shapes.get(i))
                    : places.get(i).floats("values");
            if (read.length != shapes.get(i).size()) {
                throw places.get(i)
                        .wrong(
                                "values",
                                "has %d numbers instead of %d"
                                        .formatted(read.length, shapes.get(i).size()));
            }
            for (float value : read) {
                if (!Float.isFinite(value)) {
                    throw places.get(i).wrong("values", "holds " + value);
                }
            }
            values.add(read);
        }
        return new TunedWeights(layers, outputs, shapes, values, areBytes);
    }

    private static float[] bytes(Node place, EncoderPlan.Weight shape) {
        byte[] steps = place.bytes("values");
        float[] scales = place.floats("scales");
        int columns = shape.shape().get(1);
        if (steps.length != shape.size() || scales.length != shape.shape().get(0)) {
            throw place.wrong("values", "has %d bytes and %d scales".formatted(steps.length, scales.length));
        }
        float[] values = new float[steps.length];
        for (int j = 0; j < values.length; j++) {
            values[j] = steps[j] * scales[j / columns];
        }
        return values;
    }
}
