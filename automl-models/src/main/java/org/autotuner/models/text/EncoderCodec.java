package org.autotuner.models.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.bundle.Node;
import org.autotuner.error.DataException;
import org.autotuner.error.FamilyUnavailableException;
import org.autotuner.models.weights.Tensor;

/** Encoders in model files: the built-in one by the checksum of its weights, others with all their weights. */
final class EncoderCodec {

    private static final int MOST = 1 << 20;

    private EncoderCodec() {}

    static void write(SentenceEncoder encoder, Node node) {
        EncoderSource source = encoder.loaded().parts().source();
        node.put("kind", SentenceEncoder.KIND)
                .put("tokens", encoder.mostTokens())
                .put("checksum", source.checksum())
                .put("named", encoder.isNamed());
        if (encoder.isNamed()) {
            return;
        }
        EncoderConfig config = source.weights().config();
        node.put("layers", config.layers())
                .put("width", config.width())
                .put("heads", config.heads())
                .put("inner", config.inner())
                .put("vocabulary", config.vocabulary())
                .put("positions", config.positions())
                .put("epsilon", config.epsilon())
                .put("tokenizer", source.tokenizer());
        for (String name : source.weights().names()) {
            node.append("weights").put("values", source.weights().get(name).values());
        }
    }

    static SentenceEncoder read(Node node) {
        int most = node.integer("tokens", 3, MOST);
        String checksum = node.text("checksum");
        if (node.flag("named")) {
            return named(most, checksum);
        }
        EncoderConfig config;
        try {
            config = new EncoderConfig(
                    node.integer("layers", 1, MOST),
                    node.integer("width", 1, MOST),
                    node.integer("heads", 1, MOST),
                    node.integer("inner", 1, MOST),
                    node.integer("vocabulary", 1, Integer.MAX_VALUE),
                    node.integer("positions", 3, MOST),
                    node.real("epsilon"));
            EncoderWeights weights = weights(node, config);
            EncoderSource source = new EncoderSource(weights, node.bytes("tokenizer"), checksum);
            return new SentenceEncoder(new LoadedEncoder(config, () -> source), false, most);
        } catch (DataException e) {
            throw node.wrong("weights", "make no encoder: " + e.getMessage());
        }
    }

    private static EncoderWeights weights(Node node, EncoderConfig config) {
        Map<String, int[]> shapes = EncoderWeights.shapes(config);
        List<Node> given = new ArrayList<>(node.nodes("weights"));
        if (given.size() != shapes.size()) {
            throw node.wrong("weights", "are %d instead of %d".formatted(given.size(), shapes.size()));
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int number = 0;
        for (Map.Entry<String, int[]> shape : shapes.entrySet()) {
            float[] values = given.get(number++).floats("values");
            long size = 1;
            for (int length : shape.getValue()) {
                size *= length;
            }
            if (values.length != size) {
                throw node.wrong(
                        "weights",
                        "have %d numbers for '%s' instead of %d".formatted(values.length, shape.getKey(), size));
            }
            tensors.put(shape.getKey(), new Tensor(values, shape.getValue()));
        }
        return EncoderWeights.of(config, tensors);
    }

    /** The encoder of the artifact, whose weights must be those that the model was trained with. */
    private static SentenceEncoder named(int most, String checksum) {
        Optional<String> missing = BertEncoders.problem();
        if (missing.isPresent()) {
            throw new FamilyUnavailableException(
                    "The model reads texts by the encoder MiniLM, which is not on the class path: %s."
                            .formatted(missing.get()));
        }
        LoadedEncoder loaded = new LoadedEncoder(EncoderSource.MINI_LM, () -> {
            EncoderSource source = EncoderSource.miniLm();
            if (!source.checksum().equals(checksum)) {
                throw new FamilyUnavailableException(
                        ("The model was trained with the encoder %s, but the one on the class path is %s. Use the version of the"
                                        + " artifact that it was trained with.")
                                .formatted(checksum, source.checksum()));
            }
            return source;
        });
        loaded.parts();
        return new SentenceEncoder(loaded, true, most);
    }
}
