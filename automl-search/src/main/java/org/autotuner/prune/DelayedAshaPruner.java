package org.autotuner.prune;

import java.util.List;
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
        RungSteps.check(first, eta);
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
        int rung = steps().reachedJustNow(trial);
        if (rung == 0) {
            return false;
        }
        List<Trial> others = Reports.at(rung, history)
                .filter(other -> other.number() != trial.number())
                .toList();
        boolean mayGoOn = passed(rung, others) == 0 || mayOneGoOn(rung, others, others.size() + 1);
        return !mayGoOn || isBehindAPausedOne(trial, rung, history);
    }

    private RungSteps steps() {
        return new RungSteps(first, eta);
    }

    /** Whether so many have come to a rung that one more than those that went on may do so. */
    private boolean mayOneGoOn(int rung, List<Trial> there, int count) {
        return (passed(rung, there) + 1) * eta <= count;
    }

    /** How many of those that came to a rung went on from it: all that are not paused there. */
    private long passed(int rung, List<Trial> there) {
        return there.stream().filter(trial -> !steps().isPausedAt(rung, trial)).count();
    }

    private boolean isBehindAPausedOne(Trial trial, int rung, StudyHistory history) {
        double own = Reports.standingWhenReached(trial, rung, hasRunningMeans);
        return steps().bestPaused(rung, history, hasRunningMeans)
                .filter(best -> Reports.standingWhenReached(best, rung, hasRunningMeans) < own)
                .isPresent();
    }

    @Override
    public boolean isPausing() {
        return true;
    }

    @Override
    public Optional<Trial> promote(StudyHistory history) {
        for (int rung : steps().ofPaused(history)) {
            List<Trial> there = Reports.at(rung, history).toList();
            if (rung == 0 || mayOneGoOn(rung, there, there.size())) {
                return steps().bestPaused(rung, history, hasRunningMeans);
            }
        }
        return Optional.empty();
    }
}
