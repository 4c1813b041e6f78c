package org.autotuner.prune;

import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * Ends a trial whose last report lies outside of bounds, is infinite or is not a number: for losses that have blown up.
 * Lower is better, as for all values inside a study; where an objective is maximised give the negatives.
 *
 * @param lower smallest value that is plausible
 * @param upper largest value that is bearable, at least {@code lower}
 * @param warmupSteps no trial is ended at a step below this one
 */
public record ThresholdPruner(double lower, double upper, int warmupSteps) implements Pruner {

    public ThresholdPruner {
        if (!(lower <= upper) || warmupSteps < 0) {
            throw new IllegalArgumentException(
                    "lower must not be above upper and warmupSteps not negative, but were %s, %s and %d."
                            .formatted(lower, upper, warmupSteps));
        }
    }

    /** Ends trials above a value, without warm-up. */
    public ThresholdPruner(double upper) {
        this(Double.NEGATIVE_INFINITY, upper, 0);
    }

    /** Ends only trials whose value is infinite or not a number. */
    public ThresholdPruner() {
        this(Double.POSITIVE_INFINITY);
    }

    @Override
    public String name() {
        return "threshold";
    }

    @Override
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        int step = Reports.lastStep(trial);
        if (trial.reports().isEmpty() || step < warmupSteps) {
            return false;
        }
        double last = Reports.last(trial);
        return Double.isInfinite(last) || last < lower || last > upper;
    }
}
