package org.autotuner.plan;

import java.util.List;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Field;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;

/** Columns of users and items: numbers there are names, so they become categories. */
final class Raters {

    private Raters() {}

    /**
     * The table with its user and its item column, if any, as categories.
     *
     * @throws DataException if there are several of one, or one without the other
     */
    static Table asCategories(Table table) {
        List<Field> users = of(table, Role.USER);
        List<Field> items = of(table, Role.ITEM);
        if (users.size() != items.size() || users.size() > 1) {
            throw new DataException("Ratings need one column of users and one of items, but users are %s and items %s."
                    .formatted(
                            users.stream().map(Field::name).toList(),
                            items.stream().map(Field::name).toList()));
        }
        Table changed = table;
        for (Field field : users) {
            changed = changed.withType(field.name(), ColumnType.CATEGORICAL);
        }
        for (Field field : items) {
            changed = changed.withType(field.name(), ColumnType.CATEGORICAL);
        }
        return changed;
    }

    /** Whether the target is a number that users give to items. */
    static boolean rate(Table table, String target) {
        return !of(table, Role.USER).isEmpty() && table.column(target).type() == ColumnType.NUMERIC;
    }

    /** The other table with the same columns as categories; those that it lacks are found missing later. */
    static Table like(Table table, Table other) {
        Table changed = other;
        for (Field field : table.schema().fields()) {
            if ((field.role() == Role.USER || field.role() == Role.ITEM)
                    && other.schema().has(field.name())) {
                changed = changed.withType(field.name(), ColumnType.CATEGORICAL);
            }
        }
        return changed;
    }

    private static List<Field> of(Table table, Role role) {
        return table.schema().fields().stream()
                .filter(field -> field.role() == role)
                .toList();
    }
}
