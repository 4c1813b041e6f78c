package org.autotuner.prune;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;

/** The steps {@code first * eta^k} at which a halving compares its trials; 0 stands for before the first. */
record RungSteps(int first, int eta) {

    /** Refuses settings of a pruner that make no sense. */
    static void check(int first, int eta) {
        if (eta < 2 || first < 1) {
            throw new IllegalArgumentException(
                    "eta must be at least 2 and first at least 1, but were %d and %d.".formatted(eta, first));
        }
    }

    /** The highest rung that a step has reached. */
    int reached(int step) {
        long rung = 0;
        for (long next = first; next <= step; next *= eta) {
            rung = next;
        }
        return (int) rung;
    }

    /** The rung that the last report of a trial has reached and none before; 0 if there is none. */
    int reachedJustNow(Trial trial) {
        int reports = trial.reports().size();
        int rung = reached(Reports.lastStep(trial));
        return reports < 2 || trial.reports().get(reports - 2).step() < rung ? rung : 0;
    }

    /** The rungs at which trials are paused, the highest first. */
    List<Integer> ofPaused(StudyHistory history) {
        return history.trials().stream()
                .filter(RungSteps::isPaused)
                .map(trial -> reached(Reports.lastStep(trial)))
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Whether the trial is paused and this is the highest rung that it has reached. */
    boolean isPausedAt(int rung, Trial trial) {
        return isPaused(trial) && reached(Reports.lastStep(trial)) == rung;
    }

    /** The best of those paused at a rung. */
    Optional<Trial> bestPaused(int rung, StudyHistory history, boolean hasRunningMeans) {
        return history.trials().stream()
                .filter(trial -> isPausedAt(rung, trial))
                .min(Comparator.comparing((Trial trial) -> rung > 0
                                ? Reports.standingWhenReached(trial, rung, hasRunningMeans)
                                : trial.reports().isEmpty() ? 0.0 : Reports.last(trial))
                        .thenComparing(Trial::number));
    }

    private static boolean isPaused(Trial trial) {
        return trial.outcome() instanceof TrialOutcome.Paused;
    }
}
