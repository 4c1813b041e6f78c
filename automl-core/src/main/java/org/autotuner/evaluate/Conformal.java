package org.autotuner.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.predict.Predictions;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;

/**
 * Split-conformal prediction (Lei and others 2018 for regression; Sadinle, Lei and Wasserman 2019 for label sets): a
 * limit on how far the truth lies from the prediction, which holds with the wanted probability for rows drawn like the
 * calibration rows.
 *
 * @param coverage wanted probability, in (0, 1)
 * @param limit half width of the interval (regression), or largest allowed 1 - probability (labels); infinite when there
 *     are too few rows for the coverage
 */
public record Conformal(double coverage, double limit) {

    public Conformal {
        if (!(coverage > 0 && coverage < 1) || !(limit >= 0)) {
            throw new IllegalArgumentException(
                    "Coverage %s must be in (0, 1) and limit %s at least 0.".formatted(coverage, limit));
        }
    }

    /**
     * Fits the limit.
     *
     * @param outOfFold predictions of rows that the model was not fitted on; no quantile task
     */
    public static Conformal fit(Target truth, Predictions outOfFold, double coverage) {
        boolean labels = outOfFold.task().isClassification();
        if (!labels && !(outOfFold.task() instanceof RegressionTask)) {
            throw new IllegalArgumentException("Conformal limits need a regression or a classification, not a %s task."
                    .formatted(outOfFold.task().kind()));
        }
        double[] scores = new double[truth.size()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = labels
                    ? Math.max(0, 1 - outOfFold.probability(row, truth.label(row)))
                    : Math.abs(truth.value(row) - outOfFold.value(row));
        }
        Arrays.sort(scores);
        // the (n + 1) x coverage-th smallest, so that the promise holds for finite n
        int rank = (int) Math.ceil((scores.length + 1) * coverage - 1e-9);
        return new Conformal(coverage, rank > scores.length ? Double.POSITIVE_INFINITY : scores[Math.max(1, rank) - 1]);
    }

    /** The interval around a regression's prediction. */
    public Interval around(double prediction) {
        return new Interval(prediction, prediction - limit, prediction + limit);
    }

    /** The labels that cannot be ruled out for a row, in label order; may be empty for an odd row. */
    public List<String> labels(Predictions predictions, int row) {
        List<String> kept = new ArrayList<>();
        for (int label = 0; label < predictions.task().labels().size(); label++) {
            if (1 - predictions.probability(row, label) <= limit) {
                kept.add(predictions.task().labels().get(label));
            }
        }
        return kept;
    }
}
