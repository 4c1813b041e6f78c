package org.autotuner.prepare;

import java.util.List;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * Users and items as codes and nothing else, for models that know ratings by these two alone: dense feature 0 is the code of the
 * user, feature 1 that of the item. None is merged however rare; who or what the training rows do not show is NaN, and so is a
 * missing cell. Stateless and thread-safe.
 */
public final class RatingCodes implements Preparation {

    /** Position of the user's code. */
    public static final int USER = 0;
    /** Position of the item's code. */
    public static final int ITEM = 1;

    @Override
    public String id() {
        return "rating-codes";
    }

    /**
     * Numbers users and items.
     *
     * @throws DataException if not exactly one categorical column has the role USER, or ITEM
     */
    @Override
    public Prepared fit(Table features, Target target, Weights weights, PrepareContext context) {
        FitInput input = new FitInput(features, target, weights, context);
        FittedPlan plan =
                new FittedPlan(InputColumns.of(features), List.of(codes(input, Role.USER), codes(input, Role.ITEM)));
        return new Prepared(plan, plan.transform(features, context.deadline()));
    }

    private static LevelTable codes(FitInput input, Role role) {
        int column = column(input.table(), role);
        String name = input.name(column);
        LevelSource source = new LevelSource.Categories(
                column, input.table().column(column).levels().size() + 2);
        boolean[] seen = new boolean[source.size()];
        int[] levels = source.levels(input.table());
        for (int row = 0; row < levels.length; row++) {
            seen[levels[row]] |= input.weights().at(row) > 0;
        }
        float[] codes = new float[source.size()];
        int known = 0;
        for (int level = 0; level < codes.length; level++) {
            boolean missing = level == LevelSource.UNSEEN || level == LevelSource.MISSING;
            codes[level] = missing || !seen[level] ? Float.NaN : known++;
        }
        return new LevelTable(source, List.of(input.names().feature(name, name, Math.max(1, known))), codes);
    }

    private static int column(Table table, Role role) {
        int found = -1;
        for (int i = 0; i < table.columnCount(); i++) {
            if (table.schema().fields().get(i).role() == role) {
                if (found >= 0) {
                    throw new DataException("The columns '%s' and '%s' both have the role %s, but only one may."
                            .formatted(
                                    table.schema().names().get(found),
                                    table.schema().names().get(i),
                                    role));
                }
                found = i;
            }
        }
        if (found < 0 || table.column(found).type() != ColumnType.CATEGORICAL) {
            throw new DataException(
                    "A categorical column must have the role %s. Give it by AutoTuner.builder() or table.withRole."
                            .formatted(role));
        }
        return found;
    }
}
