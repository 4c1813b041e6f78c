package org.autotuner.prune;

import java.util.List;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * Ends a trial whose lowest value so far is above a percentile of the other trials' lowest values at the same step: the
 * rule of {@link MedianPruner} with another share (Golovin and others: Google Vizier, KDD 2017, section 3.2). The
 * percentile is interpolated between neighbouring values.
 *
 * @param percent share of the others that a trial must be among the best of, above 0 and at most 100
 * @param startupTrials number of trials that must have reached the step before any is ended
 * @param warmupSteps no trial is ended at a step below this one
 * @param hasRunningMeans false where the lowest report so far counts, as for epochs; true where, after each fold, the mean
 *     of all folds so far is reported and the last one counts, as a fit of a table does
 */
public record PercentilePruner(double percent, int startupTrials, int warmupSteps, boolean hasRunningMeans)
        implements Pruner {

    public PercentilePruner {
        if (!(percent > 0 && percent <= 100) || startupTrials < 1 || warmupSteps < 0) {
            throw new IllegalArgumentException(
                    "percent must be above 0 and at most 100, startupTrials at least 1 and warmupSteps at least 0,"
                            + " but were %s, %d and %d.".formatted(percent, startupTrials, warmupSteps));
        }
    }

    /** For objectives whose lowest report counts. */
    public PercentilePruner(double percent, int startupTrials, int warmupSteps) {
        this(percent, startupTrials, warmupSteps, false);
    }

    /** The best quarter goes on; five trials before any is ended, no warm-up. */
    public PercentilePruner() {
        this(25, 5, 0);
    }

    @Override
    public String name() {
        return "percentile";
    }

    @Override
    public PercentilePruner forRunningMeans() {
        return new PercentilePruner(percent, startupTrials, warmupSteps, true);
    }

    @Override
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        int step = Reports.lastStep(trial);
        if (trial.reports().isEmpty() || step < warmupSteps) {
            return false;
        }
        List<Double> others = Reports.at(step, history)
                .filter(other -> other.number() != trial.number())
                .map(other -> Reports.standing(other, step, hasRunningMeans))
                .filter(java.util.OptionalDouble::isPresent)
                .map(java.util.OptionalDouble::getAsDouble)
                .sorted()
                .toList();
        double own = Reports.standing(trial, step, hasRunningMeans).orElseThrow();
        return others.size() >= startupTrials && own > percentile(others);
    }

    private double percentile(List<Double> sorted) {
        double place = percent / 100 * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        double share = place - below;
        double low = sorted.get(below);
        if (share == 0 || Double.isInfinite(low)) {
            return low; // an infinite neighbour times zero would not be a number
        }
        return low * (1 - share) + sorted.get(below + 1) * share;
    }
}
