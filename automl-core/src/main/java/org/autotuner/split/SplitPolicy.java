package org.autotuner.split;

import org.autotuner.data.Role;
import org.autotuner.data.Table;

/**
 * Chooses how to validate by the roles and the number of rows: a fold, time or group column decides first; up to
 * 200,000 rows five stratified folds (fewer if that is all that can be afforded); above, a holdout of a tenth, at most
 * 50,000 rows.
 */
public final class SplitPolicy {

    private static final int FOLDS = 5;
    private static final int LARGE = 200_000;
    private static final int MOST_VALIDATION = 50_000;

    private SplitPolicy() {}

    public static SplitPlan choose(Table table) {
        return choose(table, FOLDS);
    }

    /**
     * The same where fitting costs.
     *
     * @param affordableFolds how many folds a trial may fit, at least 1; 1 means a holdout
     * @throws org.autotuner.error.DataException if two columns share the role FOLD, TIME or GROUP
     */
    public static SplitPlan choose(Table table, int affordableFolds) {
        if (affordableFolds < 1) {
            throw new IllegalArgumentException(
                    "At least 1 fold must be affordable, but is %d.".formatted(affordableFolds));
        }
        int rows = table.rowCount();
        boolean large = rows > LARGE;
        int folds = large ? 1 : Math.min(FOLDS, affordableFolds);
        double share = large ? Math.min(0.1, (double) MOST_VALIDATION / rows) : 0.2;
        String size = large
                ? "more than %d rows: one holdout of %.0f %%".formatted(LARGE, 100 * share)
                : folds == 1 ? "only one fit can be afforded: a holdout of 20 %" : folds + " folds";
        String fold = RoleColumns.find(table, Role.FOLD);
        if (fold != null) {
            return new SplitPlan(Splits.foldColumn(), "column '%s' names the folds".formatted(fold));
        }
        String time = RoleColumns.find(table, Role.TIME);
        String group = RoleColumns.find(table, Role.GROUP);
        if (time != null) {
            return new SplitPlan(
                    folds == 1 ? Splits.timeOrderedHoldout(share) : Splits.timeOrdered(folds),
                    "validated on rows later by column '%s', %s".formatted(time, size));
        }
        if (group != null) {
            return new SplitPlan(
                    folds == 1 ? Splits.groupedHoldout(share) : Splits.groupedKFold(folds),
                    "groups of column '%s' stay together, %s".formatted(group, size));
        }
        return new SplitPlan(
                folds == 1 ? Splits.stratifiedHoldout(share) : Splits.stratifiedKFold(folds), "stratified, " + size);
    }
}
