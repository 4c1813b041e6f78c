package org.autotuner.prepare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.autotuner.bundle.Node;
import org.autotuner.error.FamilyUnavailableException;

/** Finds encoders of texts by the {@link TextEncoderProvider}s on the class path, and writes and reads them. */
public final class TextEncoders {

    private TextEncoders() {}

    /** The first encoder that lies on the class path; empty if there is none. */
    public static Optional<TextEncoder> builtIn() {
        return providers().stream()
                .flatMap(provider -> provider.builtIn().stream())
                .findFirst();
    }

    /** What to add for a {@link #builtIn()} encoder; empty if there is one, or nobody knows. */
    public static Optional<String> missing() {
        return builtIn().isPresent()
                ? Optional.empty()
                : providers().stream()
                        .flatMap(provider -> provider.missing().stream())
                        .findFirst();
    }

    /**
     * An encoder in a folder of the user's: {@code config.json}, {@code tokenizer.json} and {@code model.safetensors}.
     *
     * @throws org.autotuner.error.DataException if a file is missing or does not fit the others
     * @throws FamilyUnavailableException if nothing on the class path reads such folders
     */
    public static TextEncoder open(Path folder) {
        return providers().stream()
                .findFirst()
                .orElseThrow(() ->
                        new FamilyUnavailableException("No encoder of texts is on the class path. Add automl-models."))
                .open(folder);
    }

    /** Writes an encoder, as {@link #read} expects it. */
    public static void write(TextEncoder encoder, Node node) {
        encoder.write(node);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws org.autotuner.error.BundleException if it is damaged, or nothing on the class path reads its kind
     */
    public static TextEncoder read(Node node) {
        String kind = node.text("kind");
        return providers().stream()
                .filter(provider -> provider.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> node.wrong(
                        "kind", "is '%s', which nothing on the class path reads; add automl-models".formatted(kind)))
                .read(node);
    }

    private static List<TextEncoderProvider> providers() {
        List<TextEncoderProvider> all = new ArrayList<>();
        ServiceLoader.load(TextEncoderProvider.class, TextEncoders.class.getClassLoader())
                .forEach(all::add);
        return all;
    }
}
