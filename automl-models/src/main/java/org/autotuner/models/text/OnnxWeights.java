package org.autotuner.models.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.error.DataException;
import org.autotuner.models.weights.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a BERT-like encoder in an ONNX file under their Hugging Face names. Exporters keep the names of biases,
 * tables and normalisations, but call the transposed matrices {@code onnx::MatMul_123}: which one is which is told by the
 * graph, where the product with {@code x.weight} goes into the addition of {@code x.bias}.
 */
final class OnnxWeights {

    private static final String BIAS = ".bias";

    private OnnxWeights() {}

    /** All named weights; matrices as outputs x inputs, as in Hugging Face's files. */
    static Map<String, Tensor> of(OnnxGraph graph) {
        Map<String, Tensor> weights = new HashMap<>(graph.initializers());
        Map<String, String> products = new HashMap<>();
        for (OnnxGraph.Operation operation : graph.operations()) {
            if (operation.kind().equals("MatMul") && operation.inputs().size() == 2) {
                products.put(operation.outputs().get(0), operation.inputs().get(1));
            }
        }
        for (OnnxGraph.Operation operation : graph.operations()) {
            if (operation.kind().equals("Add") && operation.inputs().size() == 2) {
                add(
                        weights,
                        products,
                        operation.inputs().get(0),
                        operation.inputs().get(1));
                add(
                        weights,
                        products,
                        operation.inputs().get(1),
                        operation.inputs().get(0));
            }
        }
        return weights;
    }

    private static void add(Map<String, Tensor> weights, Map<String, String> products, String bias, String sum) {
        @Nullable String matrix = products.get(sum);
        if (!bias.endsWith(BIAS) || matrix == null || !weights.containsKey(bias)) {
            return;
        }
        @Nullable Tensor found = weights.get(matrix);
        if (found != null && found.shape().length == 2) {
            weights.putIfAbsent(bias.substring(0, bias.length() - BIAS.length()) + ".weight", transposed(found));
        }
    }

    private static Tensor transposed(Tensor tensor) {
        int rows = tensor.shape()[0];
        int columns = tensor.shape()[1];
        float[] values = new float[tensor.values().length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                values[c * rows + r] = tensor.values()[r * columns + c];
            }
        }
        return new Tensor(values, new int[] {columns, rows});
    }

    /** The size of the encoder, as far as weights tell it. */
    static EncoderConfig config(Map<String, Tensor> weights, int heads, double epsilon) {
        Tensor words = named(weights, "embeddings.word_embeddings.weight");
        Tensor inner = named(weights, "encoder.layer.0.intermediate.dense.bias");
        int layers = 0;
        while (weights.containsKey("encoder.layer.%d.output.dense.bias".formatted(layers))) {
            layers++;
        }
        int positions = named(weights, "embeddings.position_embeddings.weight").shape()[0];
        List<Integer> sizes = List.of(words.shape()[0], words.shape()[1], inner.shape()[0]);
        return new EncoderConfig(layers, sizes.get(1), heads, sizes.get(2), sizes.get(0), positions, epsilon);
    }

    private static Tensor named(Map<String, Tensor> weights, String name) {
        @Nullable Tensor tensor = weights.get(name);
        if (tensor == null || tensor.shape().length == 0) {
            throw new DataException("The ONNX file has no '%s', so it holds no BERT-like encoder.".formatted(name));
        }
        return tensor;
    }
}
