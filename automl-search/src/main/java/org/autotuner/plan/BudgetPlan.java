package org.autotuner.plan;

import java.util.SplittableRandom;
import org.autotuner.budget.Budget;

/**
 * What the budget allows on data of this size: how many rows and folds the search uses, how long one trial may take,
 * how many trials are worth their risk of overfitting, and what is reserved for the steps after the search.
 *
 * @param rows rows that the search trains and validates on
 * @param folds 1 means one holdout part
 * @param trialShare largest share of the remaining thread-seconds that one trial may use
 * @param trials most trials: more would overfit the validation rows of small data
 * @param areTrialsAsked whether the caller named that number, so that the time is shared out among so many
 * @param searchShare share of the time that the search may use; the rest is for ensemble, score and delivery
 */
record BudgetPlan(int rows, int folds, double trialShare, int trials, boolean areTrialsAsked, double searchShare) {

    /** Of the time that is left: the most for a trial of a family that asks for more than the usual share. */
    private static final double LARGEST_SHARE = 0.3;

    /** Of the whole time: the most for one of its folds. */
    private static final double LARGEST_FOLD = 0.15;

    private static final double CELLS_PER_SECOND = 1.2e6;
    private static final double BOOSTER_SECONDS_PER_CELL_AND_OUTPUT = 2.5e-6;

    /**
     * The plan for a table.
     *
     * @param outputs values per row that models predict
     * @param foldsWanted number of folds that the caller asked for, or 0
     */
    static BudgetPlan of(Budget budget, int rows, int columns, int outputs, int foldsWanted) {
        int cap = budget.trials().orElse(trialCap(rows));
        boolean isAsked = budget.trials().isPresent();
        if (budget.time().isEmpty()) {
            return new BudgetPlan(rows, foldsWanted > 0 ? foldsWanted : folds(rows), 0.1, cap, isAsked, 1);
        }
        double seconds = budget.time().get().toMillis() / 1000.0;
        double threads = budget.threads();
        int affordable = (int) Math.min(rows, Math.max(2_000, seconds * CELLS_PER_SECOND / Math.max(1, columns)));
        double fit = affordable
                * (double) Math.max(4, columns)
                * Math.max(1, Math.min(outputs, 12))
                * BOOSTER_SECONDS_PER_CELL_AND_OUTPUT;
        int wanted = foldsWanted > 0 ? foldsWanted : folds(rows);
        boolean isTight = fit * wanted > 0.35 * seconds * threads;
        int folds = foldsWanted > 0 ? foldsWanted : isTight || affordable > 200_000 ? 1 : wanted;
        double searchShare = seconds <= 2 ? 0.72 : seconds <= 10 ? 0.8 : seconds <= 30 ? 0.86 : 0.92;
        return new BudgetPlan(affordable, folds, rows < 3_000 ? 0.05 : 0.12, cap, isAsked, searchShare);
    }

    /** Share of the remaining thread-seconds that the next trial may use, once some have begun. */
    double trialShare(int begun) {
        return areTrialsAsked ? Math.min(trialShare, 1.0 / Math.max(1, trials - begun)) : trialShare;
    }

    /**
     * Seconds that one fit of a trial should take.
     *
     * @param begun trials so far
     * @param factor of the usual share, as {@link org.autotuner.model.ModelFamily#timeFactor}; below 1 it counts as 1
     * @param threadSecondsLeft seconds that are left, times the threads
     * @param wholeSeconds of the search
     * @param foldCount fits per trial
     */
    double secondsShare(int begun, double factor, double threadSecondsLeft, double wholeSeconds, int foldCount) {
        double left = threadSecondsLeft / foldCount;
        double share = trialShare(begun);
        double wanted = left * Math.min(LARGEST_SHARE, share * factor);
        return Math.max(left * share, Math.min(wanted, LARGEST_FOLD * wholeSeconds));
    }

    /** {@code rows} of the available rows in increasing order, or null if that is all of them. */
    static int @org.jspecify.annotations.Nullable [] sample(int rows, int available, long seed) {
        if (rows >= available) {
            return null;
        }
        int[] chosen = new int[rows];
        SplittableRandom random = new SplittableRandom(seed);
        int filled = 0;
        for (int row = 0; row < available && filled < rows; row++) { // selection sampling (Knuth, TAOCP 2, 3.4.2 S)
            if (random.nextDouble() * (available - row) < rows - filled) {
                chosen[filled++] = row;
            }
        }
        return chosen;
    }

    private static int folds(int rows) {
        return rows < 8 ? 2 : rows > 200_000 ? 1 : 5;
    }

    private static int trialCap(int rows) {
        return rows <= 500 ? 30 : rows <= 2_500 ? 50 : rows <= 10_000 ? 80 : 300;
    }
}
