package org.autotuner.split;

/**
 * The built-in ways to divide rows. Every part of every fold has at least one row; fewer folds than asked come back
 * where there are too few rows or groups.
 *
 * <p>Stratified ones spread the classes evenly, and of a real target twenty ranges. Of a class with a single row that
 * row always trains; every other row is validated exactly once (per repeat).
 */
public final class Splits {

    private Splits() {}

    /** One fold; {@code share} in (0, 1) of the rows validates. */
    public static Splitter holdout(double share) {
        return new Holdout(share, Integer.MAX_VALUE, false);
    }

    public static Splitter stratifiedHoldout(double share) {
        return new Holdout(share, Integer.MAX_VALUE, true);
    }

    /** The same, but at most {@code mostRows} rows validate. */
    public static Splitter stratifiedHoldout(double share, int mostRows) {
        return new Holdout(share, mostRows, true);
    }

    /** At least 2 folds; every row is validated once. */
    public static Splitter kFold(int folds) {
        return new RandomFolds(folds, 1, false);
    }

    public static Splitter stratifiedKFold(int folds) {
        return new RandomFolds(folds, 1, true);
    }

    /** The folds of all repeats, one repeat after the other. */
    public static Splitter repeatedKFold(int repeats, int folds) {
        return new RandomFolds(folds, repeats, false);
    }

    public static Splitter repeatedStratifiedKFold(int repeats, int folds) {
        return new RandomFolds(folds, repeats, true);
    }

    /** Rows of one group, by the column of role GROUP, are never on both sides; stratified as far as that allows. */
    public static Splitter groupedKFold(int folds) {
        return new GroupedFolds(folds, false);
    }

    /** The same with one fold of about {@code share} of the rows. */
    public static Splitter groupedHoldout(double share) {
        return new GroupedFolds((int) Math.max(2, Math.round(1 / Parts.share(share))), true);
    }

    /**
     * By the column of role TIME: the rows are cut into {@code folds} + 1 blocks; each block but the first is validated
     * after training on all before it.
     */
    public static Splitter timeOrdered(int folds) {
        return TimeFolds.of(folds);
    }

    /** One fold; the latest {@code share} of the rows validates. */
    public static Splitter timeOrderedHoldout(double share) {
        return TimeFolds.holdout(share);
    }

    /** By the column of role FOLD; rows without a fold always train. */
    public static Splitter foldColumn() {
        return new FoldColumn();
    }
}
