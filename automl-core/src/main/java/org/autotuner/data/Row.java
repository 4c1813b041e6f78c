package org.autotuner.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Named cells of one row, as an application has them; null is missing. Immutable and thread-safe. */
public final class Row {

    private final Map<String, @Nullable Object> values;

    private Row(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /**
     * A row of alternating names and values.
     *
     * @throws IllegalArgumentException if a name is not a string, occurs twice, or the last one has no value
     */
    public static Row of(@Nullable Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "Row.of takes pairs of name and value, but got %d arguments.".formatted(namesAndValues.length));
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!(namesAndValues[i] instanceof String name)) {
                throw new IllegalArgumentException("Argument %d of Row.of should be a column name, but is %s."
                        .formatted(i + 1, namesAndValues[i]));
            }
            if (values.containsKey(name)) {
                throw new IllegalArgumentException("Row.of got the name '%s' twice.".formatted(name));
            }
            values.put(name, namesAndValues[i + 1]);
        }
        return new Row(values);
    }

    /** A row of a map's entries, copied. */
    public static Row from(Map<String, ? extends @Nullable Object> values) {
        return new Row(new LinkedHashMap<>(values));
    }

    /** A row of a record's components. */
    public static Row from(Record record) {
        return new Row(RecordCells.of(record.getClass()).values(record));
    }

    public Set<String> names() {
        return java.util.Collections.unmodifiableSet(values.keySet());
    }

    /** The value under a name, or null if it is missing or absent. */
    public @Nullable Object value(String name) {
        return values.get(name);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
