package org.autotuner.evaluate;

import java.util.Arrays;
import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/** Chooses the probability from which a row gets the positive label. */
public final class Threshold {

    private static final int CANDIDATES = 200;

    private Threshold() {}

    /**
     * The threshold with the least error, among at most 200 quantiles of the predicted probabilities and 0.5; 0.5 among
     * equals. For metrics that do not look at decided labels this is 0.5.
     *
     * @param outOfFold predictions of a binary task on rows that the model was not fitted on
     * @return in 0..1
     */
    public static double choose(Target truth, Predictions outOfFold, Weights weights, Metric metric) {
        if (!(outOfFold.task() instanceof BinaryTask)) {
            throw new IllegalArgumentException("Only a binary task has a threshold, but this one is %s."
                    .formatted(outOfFold.task().kind()));
        }
        double best = 0.5;
        double least = metric.error(truth, outOfFold.withThreshold(best), weights);
        double[] sorted = outOfFold.toArray();
        Arrays.sort(sorted);
        for (int i = 0; i < CANDIDATES && sorted.length > 0; i++) {
            int at = (int) ((long) i * sorted.length / CANDIDATES);
            double upper = sorted[at];
            // half-way to the next lower probability, so that unseen rows near it are not decided by rounding
            int below = at;
            while (below > 0 && sorted[below] == upper) {
                below--;
            }
            double candidate = Math.max(0, Math.min(1, (upper + sorted[below]) / 2));
            double error = metric.error(truth, outOfFold.withThreshold(candidate), weights);
            if (error < least || Double.isNaN(least)) {
                least = error;
                best = candidate;
            }
        }
        return best;
    }
}
