package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Texts as the vectors of an encoder, every other column as another plan prepares it. Each number of a vector is a dense
 * feature, multiplied by the root of their count, so that it varies by about 1. Immutable and thread-safe.
 */
public final class SentencePreparation implements Preparation {

    private final @Nullable Preparation others;
    private final TextEncoder encoder;

    /**
     * A plan.
     *
     * @param others for the columns that are no texts
     */
    public SentencePreparation(Preparation others, TextEncoder encoder) {
        this.others = others;
        this.encoder = encoder;
    }

    private SentencePreparation(TextEncoder encoder) {
        this.others = null;
        this.encoder = encoder;
    }

    /**
     * Texts alone, for models that go on where the encoder ends: behind the vectors come each text's token ids, as many
     * features as the encoder reads tokens, -1 behind the last one. A missing text has the tokens of an empty one.
     */
    public static SentencePreparation ofTokens(TextEncoder encoder) {
        return new SentencePreparation(encoder);
    }

    @Override
    public String id() {
        return others == null ? "tokens" : "sentences(" + others.id() + ")";
    }

    @Override
    public Prepared fit(Table features, Target target, Weights weights, PrepareContext context) {
        List<Integer> texts = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < features.columnCount(); i++) {
            if (features.column(i) instanceof TextColumn) {
                texts.add(i);
            } else {
                rest.add(features.schema().fields().get(i).name());
            }
        }
        Prepared other = rest.isEmpty() || others == null
                ? new Prepared(FittedPreparations.none(), new NoFeatures().transform(features))
                : others.fit(features.columns(rest), target, weights, context);
        FittedSentences fitted =
                FittedSentences.of(InputColumns.of(features), texts, encoder, other.preparation(), others == null);
        return new Prepared(fitted, fitted.join(other.features(), features, new SharedVectors(), context.deadline()));
    }
}
