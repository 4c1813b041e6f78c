package org.autotuner.models.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.error.DataException;
import org.autotuner.models.weights.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * All weights of an encoder under their Hugging Face names, complete, of the right shapes, and finite. Immutable by
 * convention: the arrays are shared.
 */
final class EncoderWeights {

    private final EncoderConfig config;
    private final Map<String, Tensor> tensors;

    private EncoderWeights(EncoderConfig config, Map<String, Tensor> tensors) {
        this.config = config;
        this.tensors = tensors;
    }

    /**
     * Picks the encoder's weights out of a file's.
     *
     * @param given may hold more, and may call everything {@code bert.x} for {@code x}
     * @throws DataException if one is missing, has another shape or is not finite
     */
    static EncoderWeights of(EncoderConfig config, Map<String, Tensor> given) {
        Map<String, Tensor> picked = new LinkedHashMap<>();
        shapes(config).forEach((name, shape) -> {
            @Nullable Tensor tensor = given.containsKey(name) ? given.get(name) : given.get("bert." + name);
            if (tensor == null) {
                throw new DataException("The encoder's weights lack '%s'. Use a BERT-like model with %d layers."
                        .formatted(name, config.layers()));
            }
            tensor.expect(name, shape);
            for (float value : tensor.values()) {
                if (!Float.isFinite(value)) {
                    throw new DataException("The encoder's '%s' holds %s.".formatted(name, value));
                }
            }
            picked.put(name, tensor);
        });
        return new EncoderWeights(config, picked);
    }

    /** Weights of some layers alone: the names of {@link #layerShapes}. */
    static EncoderWeights ofLayers(EncoderConfig config, Map<String, Tensor> given) {
        return new EncoderWeights(config, Map.copyOf(given));
    }

    /** Name and shape of every weight, in the order of the forward pass. */
    static Map<String, int[]> shapes(EncoderConfig config) {
        int width = config.width();
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("embeddings.word_embeddings.weight", new int[] {config.vocabulary(), width});
        shapes.put("embeddings.position_embeddings.weight", new int[] {config.positions(), width});
        shapes.put("embeddings.token_type_embeddings.weight", new int[] {2, width});
        addNorm(shapes, "embeddings.LayerNorm", width);
        for (int i = 0; i < config.layers(); i++) {
            shapes.putAll(layerShapes(config, i));
        }
        return shapes;
    }

    /** Name and shape of every weight of a layer. */
    static Map<String, int[]> layerShapes(EncoderConfig config, int number) {
        int width = config.width();
        Map<String, int[]> shapes = new LinkedHashMap<>();
        String layer = layer(number);
        for (String part : List.of("query", "key", "value")) {
            addDense(shapes, layer + "attention.self." + part, width, width);
        }
        addDense(shapes, layer + "attention.output.dense", width, width);
        addNorm(shapes, layer + "attention.output.LayerNorm", width);
        addDense(shapes, layer + "intermediate.dense", config.inner(), width);
        addDense(shapes, layer + "output.dense", width, config.inner());
        addNorm(shapes, layer + "output.LayerNorm", width);
        return shapes;
    }

    static String layer(int number) {
        return "encoder.layer." + number + ".";
    }

    private static void addDense(Map<String, int[]> shapes, String name, int outputs, int inputs) {
        shapes.put(name + ".weight", new int[] {outputs, inputs});
        shapes.put(name + ".bias", new int[] {outputs});
    }

    private static void addNorm(Map<String, int[]> shapes, String name, int width) {
        shapes.put(name + ".weight", new int[] {width});
        shapes.put(name + ".bias", new int[] {width});
    }

    EncoderConfig config() {
        return config;
    }

    /** A weight of this encoder. */
    Tensor get(String name) {
        @Nullable Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("No weight '%s'.".formatted(name));
        }
        return tensor;
    }

    /** Names in the order of the forward pass. */
    List<String> names() {
        return new ArrayList<>(tensors.keySet());
    }
}
