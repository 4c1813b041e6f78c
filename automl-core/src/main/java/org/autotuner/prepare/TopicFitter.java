package org.autotuner.prepare;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autotuner.data.TextColumn;
import org.jspecify.annotations.Nullable;

/** Finds the topics of a text column by a truncated singular value decomposition of its weighted words. */
final class TopicFitter {

    private static final int SAMPLE_ROWS = 20_000;
    private static final int MOST_TERMS = 10_000;
    private static final int MOST_TOPICS = 64;
    private static final int TEXTS_PER_TOPIC = 10;

    private final FitInput input;

    TopicFitter(FitInput input) {
        this.input = input;
    }

    Optional<FittedStep> fit(int column, TermCounts words, int least) {
        List<TermCounts.Term> terms = words.frequent(least, MOST_TERMS);
        int topics = Math.min(MOST_TOPICS, Math.min(terms.size() / 2, words.texts() / TEXTS_PER_TOPIC));
        if (topics < 2) {
            return Optional.empty();
        }
        Vocabulary vocabulary = words.vocabulary(terms);
        SparseRows vectors = vectors(column, vocabulary);
        float[] directions =
                new TruncatedSvd(vectors, topics, input.random(7919L + column), input.deadline()).directions();
        String name = input.name(column);
        List<Feature> features = IntStream.rangeClosed(1, topics)
                .mapToObj(k -> input.names().number(name + "#topic" + k, name))
                .toList();
        return Optional.of(FittedStep.of(new TextTopics(column, features, vocabulary, directions)));
    }

    private SparseRows vectors(int column, Vocabulary vocabulary) {
        TextColumn cells = (TextColumn) input.table().column(column);
        int[] rows = input.spread(SAMPLE_ROWS);
        SparseRowsBuilder out = new SparseRowsBuilder(vocabulary.size(), rows.length, 32);
        for (int i = 0; i < rows.length; i++) {
            if (i % 256 == 0) {
                input.deadline().check();
            }
            @Nullable String text = cells.text(rows[i]);
            if (text != null && input.weights().at(rows[i]) > 0) {
                vocabulary.vector(text, out::add);
            }
            out.endRow();
        }
        return out.build();
    }
}
