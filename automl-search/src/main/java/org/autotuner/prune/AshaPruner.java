package org.autotuner.prune;

import java.util.Comparator;
import java.util.Optional;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;

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
        if (eta < 2 || first < 1) {
            throw new IllegalArgumentException(
                    "eta must be at least 2 and first at least 1, but were %d and %d.".formatted(eta, first));
        }
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
        int reports = trial.reports().size();
        int rung = rung(Reports.lastStep(trial));
        boolean isReachedJustNow =
                rung > 0 && (reports < 2 || trial.reports().get(reports - 2).step() < rung);
        return isReachedJustNow && new Rung(rung, eta, hasRunningMeans).isBehind(trial, history);
    }

    @Override
    public boolean isPausing() {
        return true;
    }

    @Override
    public Optional<Trial> promote(StudyHistory history) {
        int highest = history.trials().stream()
                .filter(AshaPruner::isPaused)
                .mapToInt(trial -> rung(Reports.lastStep(trial)))
                .max()
                .orElse(0);
        for (int rung = highest; rung >= first; rung /= eta) {
            int step = rung;
            Optional<Trial> next = new Rung(step, eta, hasRunningMeans)
                    .best(history).stream()
                            .filter(trial -> isPaused(trial) && rung(Reports.lastStep(trial)) == step)
                            .findFirst();
            if (next.isPresent()) {
                return next;
            }
        }
        return history.trials().stream() // paused before the first rung, under other settings
                .filter(trial -> isPaused(trial) && rung(Reports.lastStep(trial)) == 0)
                .min(Comparator.comparing((Trial trial) -> trial.reports().isEmpty() ? 0 : Reports.last(trial))
                        .thenComparing(Trial::number));
    }

    private static boolean isPaused(Trial trial) {
        return trial.outcome() instanceof TrialOutcome.Paused;
    }

    /** The highest rung that a step has reached, or 0. */
    private int rung(int step) {
        long rung = 0;
        for (long next = first; next <= step; next *= eta) {
            rung = next;
        }
        return (int) rung;
    }
}
