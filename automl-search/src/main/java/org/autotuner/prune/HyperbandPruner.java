package org.autotuner.prune;

import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;

/**
 * Hyperband (Li and others: Hyperband: A Novel Bandit-Based Approach to Hyperparameter Optimization, JMLR 18, 2018):
 * trials are dealt to brackets, and each bracket is a successive halving of its own. Bracket s begins to end trials at
 * step {@code max / eta^s}; bracket 0 lets all run to their end. So a configuration that starts slowly has its chance
 * somewhere. The shares of the brackets are those of the paper; a trial's number alone decides its bracket, in a
 * low-discrepancy order (van der Corput), so that any number of trials is split evenly.
 *
 * @param eta one of how many goes on, at least 2
 * @param first smallest step at which a trial may end, at least 1
 * @param max steps of a complete trial; 0 for as many as the longest completed trial reported, and until one has
 *     completed none is ended
 * @param hasRunningMeans false where the lowest report so far counts, as for epochs; true where, after each fold, the mean
 *     of all folds so far is reported and the last one counts, as a fit of a table does
 */
public record HyperbandPruner(int eta, int first, int max, boolean hasRunningMeans) implements Pruner {

    public HyperbandPruner {
        if (eta < 2 || first < 1 || max < 0 || (max > 0 && max < first)) {
            throw new IllegalArgumentException(
                    "eta must be at least 2, first at least 1, max 0 or at least first, but were %d, %d and %d."
                            .formatted(eta, first, max));
        }
    }

    /** For objectives whose lowest report counts. */
    public HyperbandPruner(int eta, int first, int max) {
        this(eta, first, max, false);
    }

    /** One of three goes on, from step 1 on; the number of steps is that of the longest completed trial. */
    public HyperbandPruner() {
        this(3, 1, 0);
    }

    @Override
    public String name() {
        return "hyperband";
    }

    @Override
    public HyperbandPruner forRunningMeans() {
        return new HyperbandPruner(eta, first, max, true);
    }

    @Override
    public boolean shouldPrune(Trial trial, StudyHistory history) {
        int steps = max > 0 ? max : longest(history);
        int step = Reports.lastStep(trial);
        if (steps < first || step < first) {
            return false;
        }
        int bracket = bracket(trial.number(), steps);
        StudyHistory own = TrialHistory.of(history.trials().stream()
                .filter(other -> bracket(other.number(), steps) == bracket)
                .toList());
        for (int left = bracket; left > 0; left--) {
            int rung = (int) Math.round(steps / Math.pow(eta, left));
            if (rung <= step && new Rung(rung, eta, hasRunningMeans).isBehind(trial, own)) {
                return true;
            }
        }
        return false;
    }

    /** The bracket of a trial, 0 for the one that ends nothing. */
    int bracket(int number, int steps) {
        int brackets = 1;
        for (long reach = (long) first * eta; reach <= steps; reach *= eta) {
            brackets++;
        }
        double total = 0;
        for (int s = 0; s < brackets; s++) {
            total += share(s, brackets);
        }
        double place = Integer.toUnsignedLong(Integer.reverse(number)) * 0x1p-32 * total;
        int bracket = brackets - 1;
        for (double passed = share(bracket, brackets); passed <= place && bracket > 0; ) {
            bracket--;
            passed += share(bracket, brackets);
        }
        return bracket;
    }

    /** Trials of a bracket in one round: {@code n} of the paper's algorithm 1. */
    private double share(int bracket, int brackets) {
        return Math.ceil(brackets / (bracket + 1.0) * Math.pow(eta, bracket));
    }

    private static int longest(StudyHistory history) {
        return history.trials().stream()
                .filter(trial -> trial.outcome() instanceof TrialOutcome.Completed)
                .mapToInt(Reports::lastStep)
                .max()
                .orElse(0);
    }
}
