package org.autotuner.profile;

import static org.autotuner.profile.ProfileWarning.info;
import static org.autotuner.profile.ProfileWarning.serious;
import static org.autotuner.profile.ProfileWarning.warning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.autotuner.budget.Deadline;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.Column;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.profile.ProfileWarning.Kind;
import org.jspecify.annotations.Nullable;

/** Finds what is suspicious. */
final class Checks {

    private static final double MANY_MISSING = 0.5;
    private static final int MANY_LEVELS = 100;
    private static final double LEAK = 0.98;
    private static final int FEW_ROWS = 10;

    private final Table table;
    private final @Nullable String target;
    private final Deadline deadline;
    private final List<ProfileWarning> found = new ArrayList<>();

    Checks(Table table, @Nullable String target, Deadline deadline) {
        this.table = table;
        this.target = target;
        this.deadline = deadline;
    }

    List<ProfileWarning> run(List<ColumnProfile> columns, int[] rows) {
        List<String> features = new ArrayList<>();
        for (ColumnProfile column : columns) {
            boolean feature = table.schema().field(column.name()).role() == Role.FEATURE
                    && !column.name().equals(target);
            if (feature) {
                column(column);
            }
            if (feature && !column.constant() && column.missingShare() < 1) {
                features.add(column.name());
            }
        }
        if (target != null) {
            target(target, table.column(target));
            leaks(features, table.column(target));
        }
        double repeated = Duplicates.rowShare(table, rows, deadline);
        if (repeated > 0.001) {
            found.add(warning(
                    Kind.DUPLICATE_ROWS,
                    "",
                    percent(repeated)
                            + " of the rows repeat another row in every column: the same row may train and validate, "
                            + "so remove repetitions or give a group column if they are not meant."));
        }
        for (List<String> pair : Duplicates.columns(table, features, deadline)) {
            found.add(info(
                    Kind.DUPLICATE_COLUMNS,
                    pair.get(1),
                    "Column '%s' says the same as column '%s': one of them can be left out."
                            .formatted(pair.get(1), pair.get(0))));
        }
        if (deadline.isOver()) {
            found.add(
                    info(Kind.INCOMPLETE, "", "The time granted for the profile ended, so some checks were left out."));
        }
        return List.copyOf(found);
    }

    private void column(ColumnProfile column) {
        String name = column.name();
        if (column.missingShare() == 1) {
            found.add(warning(Kind.EMPTY, name, "Column '%s' has no value at all: leave it out.".formatted(name)));
            return;
        }
        if (column.missingShare() >= MANY_MISSING) {
            found.add(info(
                    Kind.MISSING,
                    name,
                    "Column '%s' has no value in %s of the rows: check that this is as it will be at prediction time."
                            .formatted(name, percent(column.missingShare()))));
        }
        if (column.constant()) {
            found.add(info(
                    Kind.CONSTANT,
                    name,
                    "Column '%s' has the same value wherever it has one: leave it out unless missing means something."
                            .formatted(name)));
        } else if (column.idLike()) {
            found.add(warning(
                    Kind.ID_LIKE,
                    name,
                    "Column '%s' seems to identify the rows: give it the role ID, or a model may learn it by heart."
                            .formatted(name)));
        } else if (column.type() == ColumnType.CATEGORICAL
                && column.distinct() > MANY_LEVELS
                && column.distinct() > 0.1 * table.rowCount() * (1 - column.missingShare())) {
            found.add(info(
                    Kind.HIGH_CARDINALITY,
                    name,
                    "Column '%s' has %d levels, few rows for each: group them, or read it as TEXT if it holds words."
                            .formatted(name, column.distinct())));
        }
    }

    private void target(String name, Column column) {
        int missing = 0;
        for (int row = 0; row < column.size(); row++) {
            missing += column.isMissing(row) ? 1 : 0;
        }
        if (missing > 0) {
            found.add(serious(
                    Kind.MISSING_TARGET,
                    name,
                    "The target '%s' is missing in %d of %d rows: these rows cannot train, so fill them or take them out."
                            .formatted(name, missing, column.size())));
        }
        if (column instanceof CategoricalColumn classes) {
            classes(name, classes);
        }
    }

    private void classes(String name, CategoricalColumn column) {
        int[] counts = new int[column.levels().size()];
        for (int row = 0; row < column.size(); row++) {
            int code = column.code(row);
            if (code >= 0) {
                counts[code]++;
            }
        }
        List<String> rare = new ArrayList<>();
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int code = 0; code < counts.length; code++) {
            if (counts[code] > 0) {
                least = Math.min(least, counts[code]);
                most = Math.max(most, counts[code]);
                if (counts[code] < FEW_ROWS) {
                    rare.add("'%s' (%d)".formatted(column.levels().get(code), counts[code]));
                }
            }
        }
        if (!rare.isEmpty()) {
            found.add(warning(
                    Kind.RARE_CLASS,
                    name,
                    "The target '%s' has classes with fewer than %d rows: %s%s. Collect more or join them with others."
                            .formatted(
                                    name,
                                    FEW_ROWS,
                                    String.join(", ", rare.subList(0, Math.min(5, rare.size()))),
                                    rare.size() > 5 ? " and %d more".formatted(rare.size() - 5) : "")));
        }
        if (most > 0 && least * 20L < most) {
            found.add(info(
                    Kind.IMBALANCE,
                    name,
                    "The largest class of the target '%s' has %d rows, the smallest %d: accuracy says little here, so "
                                    .formatted(name, most, least)
                            + "choose a metric such as log loss, ROC AUC or balanced accuracy."));
        }
    }

    private void leaks(List<String> features, Column truth) {
        int[] rows = Sample.of(table.rowCount(), Leakage.ROWS);
        for (String feature : features) {
            if (deadline.isOver()) {
                return;
            }
            double power = Leakage.power(table.column(feature), truth, rows);
            if (power >= LEAK) {
                found.add(serious(
                        Kind.LEAKAGE,
                        feature,
                        "Column '%s' alone removes %s of the prior's error in '%s': leave it out unless it is really "
                                        .formatted(feature, percent(power), target)
                                + "known before the target is."));
            }
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
