package org.autotuner.data;

import org.jspecify.annotations.Nullable;

/** Numbers; NaN is missing. Four bytes a cell where every value is exact as a float, else eight. */
public final class NumericColumn implements Column {

    private final float @Nullable [] floats;
    private final double @Nullable [] doubles;
    private final int @Nullable [] rows;

    private NumericColumn(float @Nullable [] floats, double @Nullable [] doubles, int @Nullable [] rows) {
        this.floats = floats;
        this.doubles = doubles;
        this.rows = rows;
    }

    /** Copies the values; infinities are kept as they are. */
    public static NumericColumn of(double... values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
            if (narrow[i] != values[i] && !Double.isNaN(values[i])) {
                return new NumericColumn(null, values.clone(), null);
            }
        }
        return new NumericColumn(narrow, null, null);
    }

    /** Copies the values. */
    public static NumericColumn of(float... values) {
        return new NumericColumn(values.clone(), null, null);
    }

    /** Takes one of the arrays without copying it. */
    static NumericColumn adopt(float @Nullable [] floats, double @Nullable [] doubles) {
        return new NumericColumn(floats, doubles, null);
    }

    /** The number, or NaN if it is missing. */
    public double number(int row) {
        int at = rows == null ? row : rows[row];
        if (floats != null) {
            return floats[at];
        }
        return doubles == null ? Double.NaN : doubles[at];
    }

    @Override
    public ColumnType type() {
        return ColumnType.NUMERIC;
    }

    @Override
    public int size() {
        if (rows != null) {
            return rows.length;
        }
        return floats != null ? floats.length : doubles == null ? 0 : doubles.length;
    }

    @Override
    public boolean isMissing(int row) {
        return Double.isNaN(number(row));
    }

    @Override
    public @Nullable Object value(int row) {
        double number = number(row);
        return Double.isNaN(number) ? null : number;
    }

    @Override
    public NumericColumn select(int[] selected) {
        return new NumericColumn(floats, doubles, Rows.compose(rows, selected));
    }
}
