package org.autotuner.split;

import org.autotuner.data.Table;

/**
 * A table in two parts: one to train on, one to test with. Both are views with the rows in their old order.
 *
 * @param train the rows to train on
 * @param test the others
 */
public record TrainTest(Table train, Table test) {

    /**
     * Tests with a share of the rows in which the classes of the target, or the ranges of a numeric one, are as frequent
     * as in the whole.
     *
     * @param target a column
     * @param share of the rows that test, in (0, 1)
     * @throws org.autotuner.error.DataException if there is no such column or fewer than 2 rows
     */
    public static TrainTest stratified(Table table, String target, double share, long seed) {
        Strata strata = Strata.of(table.column(target), (int) Math.ceil(1 / Parts.share(share)));
        return of(table, Holdout.divide(strata, share, Integer.MAX_VALUE, seed));
    }

    /** Tests with a share of the rows drawn at random. */
    public static TrainTest random(Table table, double share, long seed) {
        return of(table, Holdout.divide(Strata.none(table.rowCount()), Parts.share(share), Integer.MAX_VALUE, seed));
    }

    /**
     * Tests with the latest share of the rows; rows of one moment stay together.
     *
     * @param time a date-time or numeric column
     */
    public static TrainTest byTime(Table table, String time, double share) {
        double[] times = RoleColumns.times(table, time);
        return of(table, TimeFolds.holdout(share).split(times, time, null).get(0));
    }

    private static TrainTest of(Table table, Fold fold) {
        return new TrainTest(table.rows(fold.train()), table.rows(fold.validation()));
    }
}
