package org.autotuner.prune;

import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * Ends a trial whose lowest value so far is above the median of the other trials' lowest values at the same step
 * (Golovin and others: Google Vizier, KDD 2017, section 3.2).
 *
 * @param startupTrials number of trials that must have reached the step before any is ended
 * @param warmupSteps no trial is ended at a step below this one
 * @param hasRunningMeans false where the lowest report so far counts, as for epochs; true where, after each fold, the mean
 *     of all folds so far is reported and the last one counts, as a fit of a table does
 */
public record MedianPruner(int startupTrials, int warmupSteps, boolean hasRunningMeans) implements Pruner {

    public MedianPruner {
        if (startupTrials < 1 || warmupSteps < 0) {
            throw new IllegalArgumentException(
                    "startupTrials must be at least 1 and warmupSteps at least 0, but were %d and %d."
                            .formatted(startupTrials, warmupSteps));
        }
    }

    /** For objectives whose lowest report counts. */
    public MedianPruner(int startupTrials, int warmupSteps) {
        this(startupTrials, warmupSteps, false);
    }

    /** Five trials, no warm-up. */
    public MedianPruner() {
        this(5, 0);
    }

    @Override
    public String name() {
        return "median";
    }

    @Override
    public MedianPruner forRunningMeans() {
        return new MedianPruner(startupTrials, warmupSteps, true);
    }

    @Override
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        return new PercentilePruner(50, startupTrials, warmupSteps, hasRunningMeans).shouldPrune(trial, history);
    }
}
