package org.autotuner.task;

import java.util.LinkedHashMap;
import java.util.Map;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.Column;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.TextColumn;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** A target column read as labels: levels and texts as they are, whole numbers without a decimal point. */
final class LabelCells {

    private final Column column;
    private final String name;

    private LabelCells(Column column, String name) {
        this.column = column;
        this.name = name;
    }

    static LabelCells of(Column column, String name) {
        if (!(column instanceof CategoricalColumn || column instanceof NumericColumn || column instanceof TextColumn)) {
            throw new DataException("Column '%s' is %s and cannot be a target. Name a column of categories or numbers."
                    .formatted(name, column.type()));
        }
        return new LabelCells(column, name);
    }

    @Nullable
    String label(int row) {
        Object value = column.value(row);
        if (value instanceof Double number) {
            boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
            return whole ? Long.toString(number.longValue()) : number.toString();
        }
        return (String) value;
    }

    /** How often each label occurs, in order of first appearance. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int row = 0; row < column.size(); row++) {
            String label = label(row);
            if (label != null) {
                counts.merge(label, 1, Integer::sum);
            }
        }
        return counts;
    }

    void requireNoneMissing() {
        int missing = 0;
        StringBuilder rows = new StringBuilder();
        for (int row = 0; row < column.size(); row++) {
            if (label(row) == null) {
                if (missing++ < 10) {
                    rows.append(rows.isEmpty() ? "" : ", ").append(row);
                }
            }
        }
        if (missing > 0) {
            throw new DataException(
                    "The target '%s' has no known value in %d of %d rows (counted from 0): %s%s. Drop these rows or fill in the target."
                            .formatted(name, missing, column.size(), rows, missing > 10 ? ", ..." : ""));
        }
    }
}
