package org.autotuner.split;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.data.Column;
import org.autotuner.data.DateTimeColumn;
import org.autotuner.data.Field;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** Columns of a table that say how its rows belong together. */
final class RoleColumns {

    private RoleColumns() {}

    static @Nullable String find(Table table, Role role) {
        List<String> names = table.schema().fields().stream()
                .filter(field -> field.role() == role)
                .map(Field::name)
                .toList();
        if (names.size() > 1) {
            throw new DataException(
                    "The columns %s all have the role %s, but only one may. Change the others by withRole."
                            .formatted(names, role));
        }
        return names.isEmpty() ? null : names.get(0);
    }

    static String require(Table table, Role role) {
        String name = find(table, role);
        if (name == null) {
            throw new DataException(
                    "No column has the role %s. Give it by table.withRole(\"column\", Role.%s).".formatted(role, role));
        }
        return name;
    }

    /** Numbers the groups from 0 in order of appearance; a row without a group is a group of its own. */
    static int[] groups(Table table, String name) {
        Column column = table.column(name);
        Map<Object, Integer> known = new HashMap<>();
        int[] groups = new int[column.size()];
        int next = 0;
        for (int row = 0; row < groups.length; row++) {
            Object value = column.value(row);
            Integer group = value == null ? null : known.get(value);
            if (group == null) {
                group = next++;
                if (value != null) {
                    known.put(value, group);
                }
            }
            groups[row] = group;
        }
        return groups;
    }

    /** A number that grows with time; rows without a time come first. */
    static double[] times(Table table, String name) {
        Column column = table.column(name);
        double[] times = new double[column.size()];
        for (int row = 0; row < times.length; row++) {
            if (column.isMissing(row)) {
                times[row] = Double.NEGATIVE_INFINITY;
            } else if (column instanceof DateTimeColumn moments) {
                times[row] = moments.epochMillis(row);
            } else if (column instanceof NumericColumn numbers) {
                times[row] = numbers.number(row);
            } else {
                throw new DataException(
                        "Column '%s' orders the rows by time, but is %s. Read it as DATE_TIME or NUMERIC by withType."
                                .formatted(name, column.type()));
            }
        }
        return times;
    }
}
