package org.autotuner.models.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Splits texts into the tokens of a {@code tokenizer.json} by DJL's binding of Hugging Face's tokenizers. An unpaired
 * surrogate counts as the replacement character. Of texts beyond some thousand characters only the beginning is looked at.
 * Thread-safe; its native memory lives as long as it is reachable.
 */
final class Tokens {

    private static final String CLASS = "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer";
    private static final int CHARACTERS_PER_TOKEN = 32;
    private static final int LEAST_CHARACTERS = 4096;

    private final HuggingFaceTokenizer tokenizer;
    private final int vocabulary;

    /**
     * Reads a tokenizer.
     *
     * @param json content of a {@code tokenizer.json}
     * @param vocabulary ids must be below
     * @throws DataException if it cannot be read
     */
    Tokens(byte[] json, int vocabulary) {
        this.vocabulary = vocabulary;
        try {
            this.tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json),
                    Map.of("addSpecialTokens", "true", "truncation", "do_not_truncate", "padding", "do_not_pad"));
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    "The tokenizer cannot be read: %s. Give the tokenizer.json that belongs to the model."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /** What is missing for tokenizers on this class path and platform; found without loading anything native. */
    static Optional<String> missing() {
        ClassLoader loader = Tokens.class.getClassLoader();
        String library = "native/lib/%s/cpu/%s".formatted(platform(), System.mapLibraryName("tokenizers"));
        boolean isThere = loader.getResource(CLASS.replace('.', '/') + ".class") != null;
        if (isThere && loader.getResource(library) != null) {
            return Optional.empty();
        }
        return Optional.of(
                isThere
                        ? "DJL's tokenizers have no native library for " + platform()
                        : "add the dependency ai.djl.huggingface:tokenizers:0.36.0 for encoders of texts");
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        return (os.startsWith("win") ? "win" : os.startsWith("mac") ? "osx" : "linux")
                + "-"
                + (arch.equals("amd64") ? "x86_64" : arch);
    }

    /**
     * The ids of a text with the special tokens around it.
     *
     * @param most number of ids, at least 3; of longer texts the first ones and the last special token are kept
     */
    int[] ids(String text, int most) {
        long[] ids = tokenizer.encode(clean(text, most), true, false).getIds();
        int[] kept = new int[Math.min(most, ids.length)];
        for (int i = 0; i < kept.length; i++) {
            long id = i == kept.length - 1 ? ids[ids.length - 1] : ids[i];
            if (id < 0 || id >= vocabulary) {
                throw new DataException(
                        "The tokenizer gives the token %d, but the encoder knows %d. Use files that belong together."
                                .formatted(id, vocabulary));
            }
            kept[i] = (int) id;
        }
        return kept.length == 0 ? new int[1] : kept;
    }

    private static String clean(String text, int most) {
        int limit = Math.max(LEAST_CHARACTERS, CHARACTERS_PER_TOKEN * most);
        String part = text.length() > limit ? text.substring(0, limit) : text;
        char @Nullable [] changed = null;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < part.length() && Character.isLowSurrogate(part.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                changed = changed == null ? part.toCharArray() : changed;
                changed[i] = '\ufffd';
            }
        }
        return changed == null ? part : String.valueOf(Arrays.copyOf(changed, changed.length));
    }
}
