package org.autotuner.prune;

import java.util.Comparator;
import java.util.List;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * One rung of a halving. A report counts for every rung that it reaches, so that reports with gaps are compared too.
 *
 * @param step at which trials are compared
 * @param eta one of how many goes on
 * @param hasRunningMeans whether the last report up to the rung counts instead of the lowest
 */
record Rung(int step, int eta, boolean hasRunningMeans) {

    /** The trials that may go on from here, best first. */
    List<Trial> best(StudyHistory history) {
        List<Trial> there = Reports.at(step, history)
                .sorted(Comparator.comparing((Trial trial) -> standing(trial)).thenComparing(Trial::number))
                .toList();
        return there.size() < eta ? there : there.subList(0, there.size() / eta);
    }

    /**
     * Whether the trial is not among the best 1/eta of those that were here. The best one always is, and the first
     * trials, fewer than eta, are not compared.
     */
    boolean isBehind(Trial trial, StudyHistory history) {
        double own = standing(trial);
        List<Trial> others = Reports.at(step, history)
                .filter(other -> other.number() != trial.number())
                .toList();
        long there = others.size() + 1L;
        long better = others.stream()
                .filter(other -> {
                    double value = standing(other);
                    return value < own || (value == own && other.number() < trial.number());
                })
                .count();
        return there >= eta && better >= Math.max(1, there / eta);
    }

    private double standing(Trial trial) {
        return Reports.standingWhenReached(trial, step, hasRunningMeans);
    }
}
