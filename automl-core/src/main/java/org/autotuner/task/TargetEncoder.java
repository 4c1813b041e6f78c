package org.autotuner.task;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.data.Column;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/** Turns a target column into label numbers or real values. */
final class TargetEncoder {

    private final Task task;
    private final Column column;

    TargetEncoder(Task task, Table table) {
        this.task = task;
        this.column = table.column(task.target());
    }

    Target encode() {
        return task.isClassification() ? labels() : values();
    }

    private Target labels() {
        LabelCells cells = LabelCells.of(column, task.target());
        Map<String, Integer> numbers = new HashMap<>();
        List<String> labels = task.labels();
        for (int i = 0; i < labels.size(); i++) {
            numbers.put(labels.get(i), i);
        }
        int[] encoded = new int[column.size()];
        for (int row = 0; row < encoded.length; row++) {
            String label = cells.label(row);
            Integer number = label == null ? null : numbers.get(label);
            if (number == null) {
                throw label == null && column.isMissing(row) ? missing(row) : unknown(row, label);
            }
            encoded[row] = number;
        }
        return Target.ofLabels(encoded);
    }

    private DataException unknown(int row, @Nullable String label) {
        return new DataException(
                "The target '%s' is %s in row %d (counted from 0), but the labels of the task are %s. Drop the row or give a task that has this label."
                        .formatted(
                                task.target(),
                                label == null ? "a label that the schema does not know" : "'" + label + "'",
                                row,
                                Tasks.preview(task.labels())));
    }

    private DataException missing(int row) {
        return new DataException(
                "The target '%s' is missing in row %d (counted from 0). Drop such rows or fill in the target."
                        .formatted(task.target(), row));
    }

    private Target values() {
        if (!(column instanceof NumericColumn numbers)) {
            throw new DataException(
                    "The target '%s' is %s, but a %s task needs numbers. Override the column's type, or pass a classification task."
                            .formatted(task.target(), column.type(), task.kind()));
        }
        double[] values = new double[numbers.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = numbers.number(row);
            if (Double.isNaN(values[row])) {
                throw missing(row);
            }
            if (Double.isInfinite(values[row])) {
                throw new DataException(
                        "The target '%s' is %s in row %d (counted from 0), but it must be finite. Drop the row or correct the value."
                                .formatted(task.target(), values[row], row));
            }
        }
        return Target.ofValues(values);
    }
}
