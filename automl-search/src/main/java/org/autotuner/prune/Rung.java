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
 */
record Rung(int step, int eta) {

    /** The trials that may go on from here, best first. */
    List<Trial> best(StudyHistory history) {
        List<Trial> there = Reports.at(step, history)
                .sorted(Comparator.comparing((Trial trial) -> Reports.lowestWhenReached(trial, step))
                        .thenComparing(Trial::number))
                .toList();
        return there.size() < eta ? there : there.subList(0, there.size() / eta);
    }

    /**
     * Whether the trial is not among the best 1/eta of those that were here. The best one always is, and the first
     * trials, fewer than eta, are not compared.
     */
    boolean isBehind(Trial trial, StudyHistory history) {
        double own = Reports.lowestWhenReached(trial, step);
        List<Trial> others = Reports.at(step, history)
                .filter(other -> other.number() != trial.number())
                .toList();
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
