package org.autotuner.prune;

import java.util.Optional;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * Asynchronous successive halving that pauses more and wastes less (D-ASHA of Hyper-Tune: Li and others, VLDB 2022, section
 * 4.2): at the steps {@code first * eta^k} every trial is set aside, and the best of those there goes on only when eta times as
 * many have come there as will have gone on. {@link AshaPruner} lets each new best go on at once, and so spends much on trials
 * that were the best for a moment only. Other than in the paper the first trial at a rung goes on, so that a study has a
 * complete result early.
 *
 * <p>For a cross-validation of k folds, {@code eta} of k and {@code first} of 1 compare first folds only: one trial of k is
 * completed. A trial that goes on starts at {@code RunningTrial.resumedFromStep()}, as with {@link AshaPruner}.
 *
 * @param eta one of how many goes on, at least 2
 * @param first step of the first rung, at least 1
 * @param hasRunningMeans false where the lowest report so far counts, as for epochs; true where, after each fold, the mean
 *     of all folds so far is reported and the last one counts, as a fit of a table does
 */
public record DelayedAshaPruner(int eta, int first, boolean hasRunningMeans) implements Pruner {

    public DelayedAshaPruner {
        if (eta < 2 || first < 1) {
            throw new IllegalArgumentException(
                    "eta must be at least 2 and first at least 1, but were %d and %d.".formatted(eta, first));
        }
    }

    /** For objectives whose lowest report counts. */
    public DelayedAshaPruner(int eta, int first) {
        this(eta, first, false);
    }

    /** One of three goes on; rungs at steps 1, 3, 9 and so on. */
    public DelayedAshaPruner() {
        this(3, 1);
    }

    @Override
    public String name() {
        return "delayed-asha";
    }

    @Override
    public DelayedAshaPruner forRunningMeans() {
        return new DelayedAshaPruner(eta, first, true);
    }

    @Override
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        RungSteps steps = new RungSteps(first, eta);
        int rung = steps.reachedJustNow(trial);
        if (rung == 0) {
            return false;
        }
        long others = others(trial, rung, history);
        long passed = passed(rung, history, trial.number());
        boolean mayOneGoOn = passed == 0 || (passed + 1) * eta <= others + 1;
        return !mayOneGoOn || isBehindAPausedOne(trial, rung, history);
    }

    private static long others(Trial trial, int rung, StudyHistory history) {
        return Reports.at(rung, history)
                .filter(other -> other.number() != trial.number())
                .count();
    }

    /** How many trials, but for one, went on from a rung: all that are not paused there. */
    private long passed(int rung, StudyHistory history, int but) {
        RungSteps steps = new RungSteps(first, eta);
        return Reports.at(rung, history)
                .filter(other -> other.number() != but)
                .filter(other -> !RungSteps.isPaused(other) || steps.reached(Reports.lastStep(other)) > rung)
                .count();
    }

    private boolean isBehindAPausedOne(Trial trial, int rung, StudyHistory history) {
        RungSteps steps = new RungSteps(first, eta);
        double own = Reports.standingWhenReached(trial, rung, hasRunningMeans);
        return Reports.at(rung, history)
                .filter(other -> RungSteps.isPaused(other) && steps.reached(Reports.lastStep(other)) == rung)
                .anyMatch(other -> Reports.standingWhenReached(other, rung, hasRunningMeans) < own);
    }

    @Override
    public boolean isPausing() {
        return true;
    }

    @Override
    public Optional<Trial> promote(StudyHistory history) {
        RungSteps steps = new RungSteps(first, eta);
        for (int rung : steps.ofPaused(history)) {
            long there = Reports.at(rung, history).count();
            if (rung > 0 && (passed(rung, history, -1) + 1) * eta > there) {
                continue;
            }
            return steps.bestPaused(rung, history, hasRunningMeans);
        }
        return Optional.empty();
    }
}
