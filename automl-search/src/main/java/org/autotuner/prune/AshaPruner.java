package org.autotuner.prune;

import java.util.Optional;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * Asynchronous successive halving with pause and resume (Li and others: A System for Massively Parallel Hyperparameter
 * Tuning, MLSys 2020, algorithm 2): at the steps {@code first * eta^k} a trial that is not among the best 1/eta of those
 * that were there is set aside. As more trials come, it may be again; then it goes on before a new trial begins, the
 * highest rung first. Other than in the paper the first trials at a rung, fewer than eta, go on, so that a study has
 * complete results early.
 *
 * <p>A rung is judged when a report reaches it: ask {@code shouldStop} after each report. A trial that goes on starts
 * at {@code RunningTrial.resumedFromStep()}, from a checkpoint of the objective or, without one, from the beginning.
 *
 * @param eta one of how many goes on, at least 2
 * @param first step of the first rung, at least 1
 * @param hasRunningMeans false where the lowest report so far counts, as for epochs; true where, after each fold, the mean
 *     of all folds so far is reported and the last one counts, as a fit of a table does
 */
public record AshaPruner(int eta, int first, boolean hasRunningMeans) implements Pruner {

    public AshaPruner {
        RungSteps.check(first, eta);
    }

    /** For objectives whose lowest report counts. */
    public AshaPruner(int eta, int first) {
        this(eta, first, false);
    }

    /** One of three goes on; rungs at steps 1, 3, 9 and so on. */
    public AshaPruner() {
        this(3, 1);
    }

    @Override
    public String name() {
        return "asha";
    }

    @Override
    public AshaPruner forRunningMeans() {
        return new AshaPruner(eta, first, true);
    }

    @Override
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        int rung = steps().reachedJustNow(trial);
        return rung > 0 && new Rung(rung, eta, hasRunningMeans).isBehind(trial, history);
    }

    private RungSteps steps() {
        return new RungSteps(first, eta);
    }

    @Override
    public boolean isPausing() {
        return true;
    }

    @Override
    public Optional<Trial> promote(StudyHistory history) {
        for (int rung : steps().ofPaused(history)) {
            Optional<Trial> next = rung == 0 // paused before the first rung, under other settings
                    ? steps().bestPaused(0, history, hasRunningMeans)
                    : new Rung(rung, eta, hasRunningMeans)
                            .best(history).stream()
                                    .filter(trial -> steps().isPausedAt(rung, trial))
                                    .findFirst();
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }
}
