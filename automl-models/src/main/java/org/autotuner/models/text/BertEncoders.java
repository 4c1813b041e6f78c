package org.autotuner.models.text;

import java.nio.file.Path;
import java.util.Optional;
import org.autotuner.bundle.Node;
import org.autotuner.error.FamilyUnavailableException;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.prepare.TextEncoderProvider;

/** Encoders of the BERT family: MiniLM from its artifact on the class path, and folders in the Hugging Face layout. */
public final class BertEncoders implements TextEncoderProvider {

    @Override
    public String kind() {
        return SentenceEncoder.KIND;
    }

    @Override
    public Optional<TextEncoder> builtIn() {
        return problem().isPresent()
                ? Optional.empty()
                : Optional.of(
                        SentenceEncoder.of(new LoadedEncoder(EncoderSource.MINI_LM, EncoderSource::miniLm), true));
    }

    @Override
    public Optional<String> missing() {
        return problem();
    }

    static Optional<String> problem() {
        return EncoderSource.hasMiniLm() ? Tokens.missing() : Optional.of(EncoderSource.advice());
    }

    @Override
    public TextEncoder open(Path folder) {
        Tokens.missing().ifPresent(reason -> {
            throw new FamilyUnavailableException("The folder '%s' needs a tokenizer: %s.".formatted(folder, reason));
        });
        EncoderSource source = EncoderSource.of(folder);
        LoadedEncoder loaded = new LoadedEncoder(source.weights().config(), () -> source);
        loaded.parts();
        return SentenceEncoder.of(loaded, false);
    }

    @Override
    public TextEncoder read(Node node) {
        return EncoderCodec.read(node);
    }
}
