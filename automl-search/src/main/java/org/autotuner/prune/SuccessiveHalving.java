package org.autotuner.prune;

import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * Asynchronous successive halving (Li and others: A System for Massively Parallel Hyperparameter Tuning, MLSys 2020)
 * with stopping instead of pausing: at the steps {@code first * eta^k} a trial goes on only if it is among the best
 * 1/eta of those that were there. The first trials at a rung, fewer than eta, go on. {@link AshaPruner} pauses instead.
 *
 * @param eta one of how many goes on, at least 2
 * @param first step of the first rung, at least 1
 * @param hasRunningMeans false where the lowest report so far counts, as for epochs; true where, after each fold, the mean
 *     of all folds so far is reported and the last one counts, as a fit of a table does
 */
public record SuccessiveHalving(int eta, int first, boolean hasRunningMeans) implements Pruner {

    public SuccessiveHalving {
        RungSteps.check(first, eta);
    }

    /** For objectives whose lowest report counts. */
    public SuccessiveHalving(int eta, int first) {
        this(eta, first, false);
    }

    /** Rungs from step 1 on. */
    public SuccessiveHalving(int eta) {
        this(eta, 1);
    }

    /** One of three goes on. */
    public SuccessiveHalving() {
        this(3, 1);
    }

    @Override
    public String name() {
        return "successive-halving";
    }

    @Override
    public SuccessiveHalving forRunningMeans() {
        return new SuccessiveHalving(eta, first, true);
    }

    @Override
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        int step = Reports.lastStep(trial);
        for (long rung = first; rung <= step; rung *= eta) {
            if (new Rung((int) rung, eta, hasRunningMeans).isBehind(trial, history)) {
                return true;
            }
        }
        return false;
    }
}
