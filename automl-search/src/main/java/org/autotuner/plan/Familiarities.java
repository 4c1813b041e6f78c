package org.autotuner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.evaluate.Confidence;
import org.autotuner.evaluate.Familiarity;
import org.autotuner.evaluate.FamiliarityFit;
import org.autotuner.execute.Seeds;
import org.autotuner.execute.StudyData;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.SentenceVectors;
import org.autotuner.prepare.SharedVectors;
import org.autotuner.prepare.TextEncoder;
import org.autotuner.split.Fold;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds to a classifier's confidence how familiar a text is, where text is all there is and members see it as an encoder's
 * vector. Validation rows are judged by what the rows of other folds teach.
 */
final class Familiarities {

    private static final int MOST_PARTS = 5;
    private static final int MOST_ROWS = 5000;
    /** Of one thread: a study that was resumed from a journal may have encoded nothing yet. */
    private static final double MOST_SECONDS_TO_ENCODE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Familiarities.class);

    private Familiarities() {}

    /**
     * Confidence with familiarity; empty where there is no vector at hand, or the time does not suffice.
     *
     * @param rows row numbers of the out-of-fold predictions
     */
    static Optional<Confidence> confidence(
            StudyData data, int[] rows, Predictions outOfFold, List<Delivery.Member> members, Deadline deadline) {
        try {
            return inTime(data, rows, outOfFold, members, deadline);
        } catch (DeadlineExceededException e) {
            LOG.debug("No time was left to find out how familiar texts are.");
            return Optional.empty();
        }
    }

    private static Optional<Confidence> inTime(
            StudyData data, int[] rows, Predictions outOfFold, List<Delivery.Member> members, Deadline deadline) {
        @Nullable
        TextEncoder encoder = members.stream()
                .flatMap(member -> member.trial().parts().stream())
                .flatMap(part -> part.preparation().encoder().stream())
                .findFirst()
                .orElse(null);
        Table features = data.features();
        if (encoder == null
                || features.columnCount() != 1
                || !(features.column(0) instanceof TextColumn)
                || (encoder instanceof SentenceVectors vectors && vectors.secondsLeft() > MOST_SECONDS_TO_ENCODE)) {
            return Optional.empty();
        }
        int[] parts = new int[data.target().size()];
        for (int fold = 0; fold < data.folds().size(); fold++) {
            Fold one = data.folds().get(fold);
            for (int row : one.validation()) {
                parts[row] = 1 + fold % MOST_PARTS;
            }
        }
        int width = encoder.width();
        FamiliarityFit fit = new FamiliarityFit(width, data.task().labels().size(), 1 + MOST_PARTS);
        int @Nullable [] sampled = BudgetPlan.sample(MOST_ROWS, parts.length, Seeds.of(data.seed(), -9));
        int[] learned = sampled == null ? IntStream.range(0, parts.length).toArray() : sampled;
        float[] known = vectors(encoder, features.rows(learned), deadline);
        for (int i = 0; i < learned.length; i++) {
            fit.add(known, i * width, data.target().label(learned[i]), parts[learned[i]]);
        }
        List<@Nullable Familiarity> without = new ArrayList<>();
        for (int part = 0; part <= MOST_PARTS; part++) {
            deadline.check();
            without.add(fit.without(part).orElse(null));
        }
        float[] judged = vectors(encoder, features.rows(rows), deadline);
        List<Familiarity.Score> scores = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            @Nullable Familiarity others = without.get(parts[rows[i]]);
            if (others == null) {
                return Optional.empty();
            }
            scores.add(others.score(judged, i * width));
        }
        deadline.check();
        return fit.ofAll().map(all -> Confidence.fit(outOfFold, encoder.id(), all, scores));
    }

    private static float[] vectors(TextEncoder encoder, Table table, Deadline deadline) {
        return new SharedVectors().get(encoder, table, 0, deadline);
    }
}
