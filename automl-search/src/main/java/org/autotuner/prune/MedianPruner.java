package org.autotuner.prune;

import java.util.List;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * Ends a trial whose lowest value so far is above the median of the other trials' lowest values at the same step
 * (Golovin and others: Google Vizier, KDD 2017, section 3.2).
 *
 * @param startupTrials number of trials that must have reached the step before any is ended
 * @param warmupSteps no trial is ended at a step below this one
 */
public record MedianPruner(int startupTrials, int warmupSteps) implements Pruner {

    public MedianPruner {
        if (startupTrials < 1 || warmupSteps < 0) {
            throw new IllegalArgumentException(
                    "startupTrials must be at least 1 and warmupSteps at least 0, but were %d and %d."
                            .formatted(startupTrials, warmupSteps));
        }
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
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        int step = Reports.lastStep(trial);
        if (trial.reports().isEmpty() || step < warmupSteps) {
            return false;
        }
        List<Double> others = history.trials().stream()
                .filter(other -> other.number() != trial.number() && Reports.reached(other, step))
                .map(other -> Reports.lowestUpTo(other, step))
                .filter(java.util.OptionalDouble::isPresent)
                .map(java.util.OptionalDouble::getAsDouble)
                .sorted()
                .toList();
        return others.size() >= startupTrials && Reports.lowestUpTo(trial, step).orElseThrow() > median(others);
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : sorted.get(middle - 1) / 2 + sorted.get(middle) / 2;
    }
}
