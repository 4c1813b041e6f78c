package org.autotuner.task;

import org.jspecify.annotations.Nullable;

/** The true values of a task: a label number or a real value per row. Immutable and thread-safe. */
public final class Target {

    private final int @Nullable [] labels;
    private final double @Nullable [] values;

    private Target(int @Nullable [] labels, double @Nullable [] values) {
        this.labels = labels;
        this.values = values;
    }

    /** Label numbers in the order of {@link Task#labels()}; the array is not copied. */
    public static Target ofLabels(int... labels) {
        return new Target(labels, null);
    }

    /** Real values; the array is not copied. */
    public static Target ofValues(double... values) {
        return new Target(null, values);
    }

    public int size() {
        return labels != null ? labels.length : values == null ? 0 : values.length;
    }

    /** Label number of a row; only for classification. */
    public int label(int row) {
        if (labels == null) {
            throw new IllegalStateException("This target has real values, not labels.");
        }
        return labels[row];
    }

    /** Real value of a row; for classification the label number. */
    public double value(int row) {
        if (values != null) {
            return values[row];
        }
        return label(row);
    }

    public boolean hasLabels() {
        return labels != null;
    }

    /** A copy of some rows, in the given order. */
    public Target select(int[] rows) {
        if (labels != null) {
            int[] chosen = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                chosen[i] = labels[rows[i]];
            }
            return ofLabels(chosen);
        }
        double[] chosen = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = value(rows[i]);
        }
        return ofValues(chosen);
    }
}
