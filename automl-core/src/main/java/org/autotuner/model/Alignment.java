package org.autotuner.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.Column;
import org.autotuner.data.DateTimeColumn;
import org.autotuner.data.Field;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Row;
import org.autotuner.data.Schema;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Brings tables and rows into the shape of training: absent columns and nulls are missing, infinite numbers too,
 * unknown levels are unseen. Immutable and thread-safe.
 */
final class Alignment {

    private final Schema schema;
    private final List<Map<String, Integer>> codes = new ArrayList<>();

    Alignment(Schema features) {
        schema = features;
        for (Field field : features.fields()) {
            Map<String, Integer> byLevel = new HashMap<>();
            field.levels().forEach(level -> byLevel.put(level, byLevel.size()));
            codes.add(byLevel);
        }
    }

    Table align(Row row) {
        List<Column> columns = new ArrayList<>(codes.size());
        for (int i = 0; i < codes.size(); i++) {
            @Nullable Object value = row.value(schema.fields().get(i).name());
            columns.add(column(i, 1, ignored -> value));
        }
        return Table.of(schema, columns);
    }

    Table align(Table table) {
        List<Column> columns = new ArrayList<>(codes.size());
        for (int i = 0; i < codes.size(); i++) {
            Field field = schema.fields().get(i);
            if (!table.schema().has(field.name())) {
                columns.add(column(i, table.rowCount(), row -> null));
                continue;
            }
            Column given = table.column(field.name());
            boolean ready = given.type() == field.type()
                    && given.levels().equals(field.levels())
                    && !(given instanceof NumericColumn);
            columns.add(ready ? given : column(i, table.rowCount(), given::value));
        }
        if (columns.isEmpty()) {
            throw new DataException("The model has no feature columns, so there are no rows to predict.");
        }
        return Table.of(schema, columns);
    }

    private Column column(int position, int rows, IntFunction<@Nullable Object> cells) {
        Field field = schema.fields().get(position);
        switch (field.type()) {
            case NUMERIC:
                double[] numbers = new double[rows];
                for (int row = 0; row < rows; row++) {
                    numbers[row] = number(field, row, cells.apply(row));
                }
                return NumericColumn.of(numbers);
            case CATEGORICAL:
                int[] levels = new int[rows];
                for (int row = 0; row < rows; row++) {
                    @Nullable Object value = cells.apply(row);
                    levels[row] = value == null
                            ? CategoricalColumn.MISSING
                            : codes.get(position).getOrDefault(levelOf(value), CategoricalColumn.UNSEEN);
                }
                return CategoricalColumn.of(levels, field.levels());
            case DATE_TIME:
                long[] times = new long[rows];
                for (int row = 0; row < rows; row++) {
                    times[row] = time(field, row, cells.apply(row));
                }
                return DateTimeColumn.of(times);
            default:
                List<@Nullable String> texts = new ArrayList<>(rows);
                for (int row = 0; row < rows; row++) {
                    @Nullable Object value = cells.apply(row);
                    texts.add(value == null ? null : value.toString());
                }
                return TextColumn.of(texts);
        }
    }

    private static double number(Field field, int row, @Nullable Object value) {
        if (value == null) {
            return Double.NaN;
        }
        double number;
        try {
            number = value instanceof Number given ? given.doubleValue() : Double.parseDouble(value.toString());
        } catch (NumberFormatException e) {
            throw new DataException(
                    "Row %d: column '%s' holds numbers, but its value is '%s'. Give a number, or null if it is missing."
                            .formatted(row, field.name(), value),
                    e);
        }
        return Double.isInfinite(number) ? Double.NaN : number;
    }

    /** 3.0 and 3 are the same level. */
    private static String levelOf(Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : value.toString();
        }
        return value.toString();
    }

    private static long time(Field field, int row, @Nullable Object value) {
        if (value == null) {
            return DateTimeColumn.MISSING;
        } else if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        } else if (value instanceof LocalDate date) {
            return date.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        } else if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        throw new DataException(
                "Row %d: column '%s' holds dates, but its value is '%s'. Give a LocalDate or an Instant."
                        .formatted(row, field.name(), value));
    }

    /** The components of a record as a row. */
    static Row rowOf(Record record) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                component.getAccessor().trySetAccessible();
                values.put(component.getName(), component.getAccessor().invoke(record));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new DataException(
                        "Component '%s' of %s cannot be read. Make the record accessible to this library."
                                .formatted(
                                        component.getName(), record.getClass().getName()),
                        e);
            }
        }
        return Row.from(values);
    }
}
