package org.autotuner.task;

import org.jspecify.annotations.Nullable;

/** Weight of each row in losses and metrics, at least 0; {@link #none()} means 1 for every row. Immutable. */
public final class Weights {

    private static final Weights NONE = new Weights(null);

    private final double @Nullable [] values;

    private Weights(double @Nullable [] values) {
        this.values = values;
    }

    public static Weights none() {
        return NONE;
    }

    /**
     * One weight per row; copied.
     *
     * @throws IllegalArgumentException if a weight is negative, NaN or infinite, or all are 0
     */
    public static Weights of(double... values) {
        double sum = 0;
        for (int row = 0; row < values.length; row++) {
            if (!(values[row] >= 0) || Double.isInfinite(values[row])) {
                throw new IllegalArgumentException(
                        "The weight of row %d is %s, but it must be a finite number of at least 0."
                                .formatted(row, values[row]));
            }
            sum += values[row];
        }
        if (values.length > 0 && sum == 0) {
            throw new IllegalArgumentException("All weights are 0: at least one must be positive.");
        }
        return new Weights(values.clone());
    }

    public boolean isNone() {
        return values == null;
    }

    public double at(int row) {
        return values == null ? 1 : values[row];
    }

    /** The weights of some rows, in the given order. */
    public Weights select(int[] rows) {
        if (values == null) {
            return this;
        }
        double[] chosen = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = values[rows[i]];
        }
        return new Weights(chosen);
    }
}
