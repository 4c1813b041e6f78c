package org.autotuner.split;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.autotuner.data.Column;
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

    /**
     * Tests with the latest share of the rows of each user, so that what users do next is to be foreseen; a user with fewer than
     * {@code 1 / share} rows tests none.
     *
     * @param user any column; rows in which it is missing train
     * @param time a date-time or numeric column; rows of one moment keep their order
     * @param share of each user's rows, in (0, 1)
     * @throws org.autotuner.error.DataException if there is no such column
     */
    public static TrainTest latestOfEach(Table table, String user, String time, double share) {
        double[] times = RoleColumns.times(table, time);
        Column users = table.column(user);
        Map<Object, List<Integer>> rows = new LinkedHashMap<>();
        for (int row = 0; row < table.rowCount(); row++) {
            if (!users.isMissing(row)) {
                rows.computeIfAbsent(Objects.requireNonNull(users.value(row)), added -> new ArrayList<>())
                        .add(row);
            }
        }
        BitSet tested = new BitSet();
        for (List<Integer> own : rows.values()) {
            own.sort(Comparator.comparingDouble(row -> times[row]));
            int count = (int) (Parts.share(share) * own.size());
            own.subList(own.size() - count, own.size()).forEach(tested::set);
        }
        int[] test = tested.stream().toArray();
        tested.flip(0, table.rowCount());
        return new TrainTest(table.rows(tested.stream().toArray()), table.rows(test));
    }

    private static TrainTest of(Table table, Fold fold) {
        return new TrainTest(table.rows(fold.train()), table.rows(fold.validation()));
    }
}
