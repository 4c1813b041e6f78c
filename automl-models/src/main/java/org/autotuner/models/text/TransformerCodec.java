package org.autotuner.models.text;

import java.util.Optional;
import java.util.function.Function;
import org.autotuner.bundle.Node;
import org.autotuner.model.TargetScale;
import org.autotuner.prepare.SentenceVectors;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.score.Link;
import org.autotuner.score.Scorer;
import org.autotuner.score.ScorerCodec;
import org.jspecify.annotations.Nullable;

/** Reads {@link TransformerScorer}s. */
public final class TransformerCodec implements ScorerCodec {

    private static final int MOST_OUTPUTS = 1 << 20;

    @Override
    public String type() {
        return TransformerScorer.TYPE;
    }

    @Override
    public Scorer read(Node node) {
        throw node.wrong("encoder", "is '%s', which is not there".formatted(node.text("encoder")));
    }

    @Override
    public Scorer read(Node node, Function<String, TextEncoder> encoders) {
        Optional<SentenceEncoder> encoder = bert(encoders.apply(node.text("encoder")));
        if (encoder.isEmpty()) {
            throw node.wrong("encoder", "is '%s', which is none of the BERT family".formatted(node.text("encoder")));
        }
        EncoderConfig config = encoder.get().loaded().config();
        int layers = node.integer("layers", 1, config.layers());
        int outputs = node.integer("outputs", 1, MOST_OUTPUTS);
        double mean = node.real("mean");
        double deviation = node.real("deviation");
        if (!Double.isFinite(mean) || !Double.isFinite(deviation)) {
            throw node.wrong("mean", "or the deviation is not finite");
        }
        @Nullable Link link = TransformerScorer.links().get(node.text("link"));
        if (link == null) {
            throw node.wrong("link", "is '%s'".formatted(node.text("link")));
        }
        return new TransformerScorer(
                encoder.get(),
                TunedWeights.read(node, config, layers, outputs),
                new TargetScale(mean, deviation),
                link);
    }

    /** The encoder of the BERT family behind an encoder; empty if it is another. */
    static Optional<SentenceEncoder> bert(TextEncoder encoder) {
        TextEncoder inner = encoder instanceof SentenceVectors vectors ? vectors.encoder() : encoder;
        return inner instanceof SentenceEncoder bert ? Optional.of(bert) : Optional.empty();
    }
}
