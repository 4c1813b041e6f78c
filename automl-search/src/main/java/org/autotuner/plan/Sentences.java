package org.autotuner.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.budget.Deadline;
import org.autotuner.error.StorageException;
import org.autotuner.execute.StudyData;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.SentenceFamily;
import org.autotuner.prepare.SentenceVectors;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.prepare.TextEncoders;
import org.jspecify.annotations.Nullable;

/**
 * Whether a study's texts are also seen as the vectors of an encoder, and by which families. Thread-safe.
 *
 * @param vectors null if they are not
 * @param families those that take part with vectors, or train the encoder further
 * @param reasons for each family that cannot, why not
 */
record Sentences(@Nullable SentenceVectors vectors, List<ModelFamily> families, Map<String, String> reasons) {

    /** Of the thread-seconds of a fit: the most that encoding may take. */
    private static final double LARGEST_SHARE = 0.4;

    private static final Sentences NONE = new Sentences(null, List.of(), Map.of());

    Sentences {
        families = List.copyOf(families);
        reasons = Map.copyOf(reasons);
    }

    static Sentences of(Collection<ModelFamily> found, SearchSettings settings, StudyData data, Deadline deadline) {
        List<ModelFamily> suitable =
                found.stream().filter(ModelFamily::suitsSentences).toList();
        if (data.shape().textColumns() == 0 || suitable.isEmpty()) {
            return NONE;
        }
        Optional<TextEncoder> encoder =
                Optional.ofNullable(settings.textEncoder()).or(TextEncoders::builtIn);
        if (encoder.isEmpty()) {
            Map<String, String> reasons = new LinkedHashMap<>();
            TextEncoders.missing()
                    .ifPresent(missing ->
                            suitable.forEach(family -> reasons.put(SentenceFamily.id(family), "skipped: " + missing)));
            return new Sentences(null, List.of(), reasons);
        }
        SentenceVectors vectors = SentenceVectors.of(encoder.get(), data.features());
        @Nullable String refusal = refusal(vectors, deadline, settings.budget().threads());
        List<ModelFamily> families = new ArrayList<>();
        suitable.forEach(family -> families.add(new SentenceFamily(family, vectors, refusal)));
        if (refusal == null) {
            found.stream()
                    .map(family -> family.withSentences(vectors))
                    .filter(family -> !found.contains(family))
                    .forEach(families::add);
        }
        return new Sentences(vectors, families, Map.of());
    }

    /** Why the time does not allow it, or null if it does. */
    private static @Nullable String refusal(SentenceVectors vectors, Deadline deadline, int threads) {
        if (!deadline.hasLimit()) {
            return null;
        }
        double granted = deadline.remainingSeconds() * Math.max(1, threads);
        double needed = vectors.secondsLeft();
        return needed <= LARGEST_SHARE * granted
                ? null
                : "encoding %,d texts would take about %.0f of %.0f thread-seconds"
                        .formatted(vectors.size(), needed, granted);
    }

    /**
     * The encoder of an id that a journal names.
     *
     * @throws StorageException if the study has another one
     */
    TextEncoder encoder(String id) {
        SentenceVectors found = vectors;
        if (found == null || !found.id().equals(id)) {
            throw new StorageException(
                    "The journal holds models with the encoder of texts '%s', but the study has %s. Use the same encoder, or another storage."
                            .formatted(id, found == null ? "none" : "'" + found.id() + "'"));
        }
        return found;
    }

    /** Lets go of the texts and their vectors. */
    void forget() {
        SentenceVectors found = vectors;
        if (found != null && found.isUsed()) {
            found.forget();
        }
    }
}
