package org.autotuner.plan;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.evaluate.Calibration;
import org.autotuner.evaluate.Confidence;
import org.autotuner.evaluate.Conformal;
import org.autotuner.evaluate.Threshold;
import org.autotuner.execute.Seeds;
import org.autotuner.execute.StudyData;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.jspecify.annotations.Nullable;

/**
 * What is tuned on the ensemble's out-of-fold predictions after its weights: a temperature where it cannot lower the metric,
 * a decision threshold where it reads decided labels, the limits of conformal intervals and label sets, and how sure
 * a classifier is of validation rows.
 */
record PostProcessing(
        Calibration calibration, double threshold, List<Conformal> limits, @Nullable Validated validated) {

    /**
     * Out-of-fold predictions of a classifier and the numbers of their rows.
     *
     * @param deadline until which it may be found out how familiar rows are
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Validated(StudyData data, int[] rows, Predictions predictions, Deadline deadline) {

        /** How sure the model of these members is of rows. */
        Confidence confidence(List<Delivery.Member> members) {
            return Familiarities.confidence(data, rows, predictions, members, deadline)
                    .orElseGet(() -> Confidence.fit(predictions));
        }
    }

    private static final List<Double> COVERAGES = List.of(0.8, 0.9, 0.95);
    private static final Set<String> OF_ORDER = Set.of("roc_auc", "pr_auc");
    private static final Set<String> INDIFFERENT = Set.of("log_loss", "brier", "roc_auc", "pr_auc");

    private static final int MOST_PROBABILITIES = 100_000;
    private static final int FEWEST_ROWS = 100;

    static PostProcessing of(StudyData data, EvaluationRows rows, Predictions outOfFold, Deadline deadline) {
        int[] positions = sample(data, rows);
        int[] chosen = rows.rowsAt(positions);
        Predictions predictions = outOfFold.select(positions);
        Target truth = data.target().select(chosen);
        Weights weights = data.weights().select(chosen);
        if (!data.task().isClassification()) {
            return new PostProcessing(Calibration.NONE, 0.5, limits(data, truth, predictions), null);
        }
        String metric = data.metric().name();
        // With more than two labels a temperature changes which row of two has more of one label.
        boolean mayChange = data.task() instanceof BinaryTask || !OF_ORDER.contains(metric);
        Calibration calibration = mayChange ? Calibration.fit(truth, predictions, weights) : Calibration.NONE;
        Predictions calibrated = calibration.apply(predictions);
        double threshold = data.task() instanceof BinaryTask && !INDIFFERENT.contains(metric)
                ? Threshold.choose(truth, calibrated, weights, data.metric())
                : 0.5;
        return new PostProcessing(
                calibration,
                threshold,
                limits(data, truth, calibrated),
                new Validated(data, chosen, predictions, deadline));
    }

    private static List<Conformal> limits(StudyData data, Target truth, Predictions outOfFold) {
        if (data.task() instanceof QuantileTask) {
            return List.of();
        }
        return COVERAGES.stream()
                .map(coverage -> Conformal.fit(truth, outOfFold, coverage))
                .toList();
    }

    /** One number is tuned: a sample suffices, and with a thousand classes all rows would take seconds. */
    private static int[] sample(StudyData data, EvaluationRows rows) {
        int most = Math.max(
                FEWEST_ROWS,
                MOST_PROBABILITIES / Math.max(1, data.task().labels().size()));
        int[] sample = BudgetPlan.sample(most, rows.size(), Seeds.of(data.seed(), -8));
        return sample == null ? IntStream.range(0, rows.size()).toArray() : sample;
    }
}
