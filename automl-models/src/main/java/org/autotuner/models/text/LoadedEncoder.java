package org.autotuner.models.text;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An encoder with its tokenizer, read when it is first needed and shared by all that use it. Thread-safe. */
final class LoadedEncoder {

    /** What was read. */
    record Parts(EncoderSource source, Encoder encoder, Tokens tokens) {}

    private final EncoderConfig config;
    private final Supplier<EncoderSource> read;
    private volatile @Nullable Parts parts;

    /** An encoder of this size that is read when it is needed. */
    LoadedEncoder(EncoderConfig config, Supplier<EncoderSource> read) {
        this.config = config;
        this.read = read;
    }

    EncoderConfig config() {
        return config;
    }

    Parts parts() {
        Parts found = parts;
        if (found == null) {
            synchronized (this) {
                found = parts;
                if (found == null) {
                    EncoderSource source = read.get();
                    found = new Parts(
                            source,
                            new Encoder(source.weights()),
                            new Tokens(
                                    source.tokenizer(),
                                    source.weights().config().vocabulary()));
                    parts = found;
                }
            }
        }
        return found;
    }
}
