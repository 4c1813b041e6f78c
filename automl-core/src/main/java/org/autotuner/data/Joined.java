package org.autotuner.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** The columns of a side table beside those of another one, found by a key. */
final class Joined {

    private static final int ABSENT = -1;

    private Joined() {}

    static Table of(Table table, Table side, String key) {
        int[] found = find(table.column(key), rows(side, key));
        List<Field> fields = new ArrayList<>(table.schema().fields());
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < table.columnCount(); i++) {
            columns.add(table.column(i));
        }
        for (Field field : side.schema().fields()) {
            if (field.name().equals(key)) {
                continue;
            }
            if (table.schema().has(field.name())) {
                throw new DataException("Both tables have a column '%s'. Leave it out of one by without(\"%s\")."
                        .formatted(field.name(), field.name()));
            }
            fields.add(field);
            columns.add(pick(side.column(field.name()), found));
        }
        return Table.of(Schema.of(fields), columns);
    }

    private static Map<String, Integer> rows(Table side, String key) {
        Column keys = side.column(key);
        Map<String, Integer> rows = new HashMap<>();
        for (int row = 0; row < keys.size(); row++) {
            @Nullable Object value = keys.value(row);
            if (value != null) {
                @Nullable Integer before = rows.putIfAbsent(CellValues.text(value), row);
                if (before != null) {
                    throw new DataException(
                            "Rows %d and %d of the side table both have '%s' in column '%s', so that it is not clear which belongs. Keep one."
                                    .formatted(before + 1, row + 1, CellValues.text(value), key));
                }
            }
        }
        return rows;
    }

    private static int[] find(Column keys, Map<String, Integer> rows) {
        int[] found = new int[keys.size()];
        Arrays.setAll(found, row -> {
            @Nullable Object value = keys.value(row);
            return value == null ? ABSENT : rows.getOrDefault(CellValues.text(value), ABSENT);
        });
        return found;
    }

    /** The cells of these rows, missing where there is no row. */
    private static Column pick(Column column, int[] rows) {
        if (column instanceof NumericColumn numbers) {
            double[] values = new double[rows.length];
            Arrays.setAll(values, i -> rows[i] == ABSENT ? Double.NaN : numbers.number(rows[i]));
            return NumericColumn.of(values);
        }
        if (column instanceof CategoricalColumn categories) {
            int[] codes = new int[rows.length];
            Arrays.setAll(codes, i -> rows[i] == ABSENT ? CategoricalColumn.MISSING : categories.code(rows[i]));
            return CategoricalColumn.of(codes, categories.levels());
        }
        if (column instanceof DateTimeColumn moments) {
            long[] millis = new long[rows.length];
            Arrays.setAll(millis, i -> rows[i] == ABSENT ? DateTimeColumn.MISSING : moments.epochMillis(rows[i]));
            return DateTimeColumn.of(millis);
        }
        if (column instanceof ImageColumn images) {
            @Nullable Image[] picked = new @Nullable Image[rows.length];
            Arrays.setAll(picked, i -> rows[i] == ABSENT ? null : images.image(rows[i]));
            return ImageColumn.adopt(picked);
        }
        @Nullable String[] texts = new @Nullable String[rows.length];
        Arrays.setAll(texts, i -> rows[i] == ABSENT ? null : (String) column.value(rows[i]));
        return TextColumn.adopt(texts);
    }
}
