package org.autotuner.prune;

import java.util.List;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * One rung of a halving. A report counts for every rung that it reaches, so that reports with gaps are compared too.
 *
 * @param step at which trials are compared
 * @param eta one of how many goes on
 */
record Rung(int step, int eta) {

    /**
     * Whether the trial is not among the best 1/eta of those that were here. The best one always is, and the first
     * trials, fewer than eta, are not compared.
     */
    boolean isBehind(Trial trial, StudyHistory history) {
        double own = Reports.lowestWhenReached(trial, step);
        List<Trial> others = Reports.othersAt(step, trial, history).toList();
        long there = others.size() + 1L;
        long better = others.stream()
                .filter(other -> {
                    double value = Reports.lowestWhenReached(other, step);
                    return value < own || (value == own && other.number() < trial.number());
                })
                .count();
        return there >= eta && better >= Math.max(1, there / eta);
    }
}
