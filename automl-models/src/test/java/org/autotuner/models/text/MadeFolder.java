package org.autotuner.models.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.models.weights.Tensor;

/** Writes encoders in the Hugging Face layout. */
final class MadeFolder {

    static final EncoderConfig SMALL = new EncoderConfig(2, 8, 2, 16, 12, 10, 1e-12);

    private MadeFolder() {}

    /** Random weights of a small encoder. */
    static Map<String, Tensor> weights(EncoderConfig config) {
        SplittableRandom random = new SplittableRandom(3);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        EncoderWeights.shapes(config).forEach((name, shape) -> {
            int size = 1;
            for (int length : shape) {
                size *= length;
            }
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) random.nextGaussian(name.contains("LayerNorm.weight") ? 1 : 0, 0.3);
            }
            tensors.put(name, new Tensor(values, shape));
        });
        return tensors;
    }

    static void write(Path folder, EncoderConfig config, Map<String, Tensor> tensors, byte[] tokenizer)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), config(config));
        Files.write(folder.resolve("tokenizer.json"), tokenizer);
        Files.write(folder.resolve("model.safetensors"), safetensors(tensors, "F32"));
    }

    static String config(EncoderConfig config) {
        return """
                {"model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": %d, "hidden_size": %d, "num_attention_heads": %d,
                 "intermediate_size": %d, "vocab_size": %d, "max_position_embeddings": %d, "layer_norm_eps": 1e-12}"""
                .formatted(
                        config.layers(),
                        config.width(),
                        config.heads(),
                        config.inner(),
                        config.vocabulary(),
                        config.positions());
    }

    /** A tokenizer of twelve tokens: padding, unknown, begin, end, and the letters a to h as words. */
    static byte[] tokenizer() {
        StringBuilder words = new StringBuilder("\"[PAD]\": 0, \"[UNK]\": 1, \"[CLS]\": 2, \"[SEP]\": 3");
        for (char c = 'a'; c <= 'h'; c++) {
            words.append(", \"%s\": %d".formatted(c, 4 + c - 'a'));
        }
        return """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
                 "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": {"type": "TemplateProcessing",
                   "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
                   "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                   "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}, "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
                 "decoder": null,
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": {%s}}}
                """
                .formatted(words)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A file of floats as F32, or as BF16 by cutting them. */
    static byte[] safetensors(Map<String, Tensor> tensors, String type) {
        int bytes = type.equals("F32") ? 4 : 2;
        List<String> entries = new ArrayList<>(List.of("\"__metadata__\": {\"format\": \"pt\"}"));
        int at = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            int length = bytes * entry.getValue().values().length;
            entries.add("\"%s\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": [%d, %d]}"
                    .formatted(
                            entry.getKey(),
                            type,
                            java.util.Arrays.toString(entry.getValue().shape()),
                            at,
                            at + length));
            at += length;
        }
        byte[] header = ("{" + String.join(", ", entries) + "}").getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + header.length + at).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(header.length).put(header);
        for (Tensor tensor : tensors.values()) {
            for (float value : tensor.values()) {
                if (bytes == 4) {
                    out.putFloat(value);
                } else {
                    out.putShort((short) (Float.floatToIntBits(value) >>> 16));
                }
            }
        }
        return out.array();
    }
}
