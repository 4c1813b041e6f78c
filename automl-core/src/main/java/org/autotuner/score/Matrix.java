package org.autotuner.score;

import java.util.Arrays;
import org.autotuner.bundle.Node;

/** A matrix of rows x columns of finite floats in the form that its use needs. Immutable and thread-safe. */
final class Matrix {

    /** From so many rows on, adding multiples of columns is faster than a product for each row. */
    private static final int MIN_COLUMN = 16;
    /** In rows shorter than this, a scale for each row would cost about what bytes save. */
    private static final int MIN_QUANTIZED = 8;

    private final int rows;
    private final int columns;
    private final boolean table;
    private final MatrixKernel kernel;
    /** Empty, or one per row: then every value is a whole number in -127..127 times its row's scale. */
    private final float[] scales;

    private Matrix(int rows, int columns, boolean table, MatrixKernel kernel, float[] scales) {
        this.rows = rows;
        this.columns = columns;
        this.table = table;
        this.kernel = kernel;
        this.scales = scales;
    }

    /**
     * A matrix to multiply vectors by.
     *
     * @param values rows x columns, row by row; copied
     * @throws IllegalArgumentException if the length does not fit or a value is not finite
     */
    static Matrix of(int rows, int columns, float[] values, String name) {
        return of(rows, columns, values, new float[0], false, name);
    }

    /** A matrix whose rows are looked up. */
    static Matrix table(int rows, int columns, float[] values, String name) {
        return of(rows, columns, values, new float[0], true, name);
    }

    private static Matrix of(int rows, int columns, float[] values, float[] scales, boolean table, String name) {
        Arguments.length(values.length, (long) rows * columns, name);
        Arguments.finite(values, name);
        return new Matrix(rows, columns, table, kernel(rows, columns, values, table), scales);
    }

    private static MatrixKernel kernel(int rows, int columns, float[] values, boolean table) {
        if (table) {
            return new MatrixKernel.Rows(rows, columns, values);
        }
        if (values.length - zeros(values) <= SparseKernel.DENSITY * values.length) {
            return SparseKernel.of(rows, columns, values);
        }
        return rows >= MIN_COLUMN
                ? new MatrixKernel.Columns(rows, columns, values)
                : new MatrixKernel.Rows(rows, columns, values);
    }

    static int zeros(float[] values) {
        int zeros = 0;
        for (float value : values) {
            zeros += value == 0 ? 1 : 0;
        }
        return zeros;
    }

    /** Reads what {@link #write} wrote for a matrix of {@link #of}. */
    static Matrix read(Node node, String name, int rows, int columns) {
        return read(node, name, rows, columns, false);
    }

    /** Reads what {@link #write} wrote for a {@link #table}. */
    static Matrix readTable(Node node, String name, int rows, int columns) {
        return read(node, name, rows, columns, true);
    }

    private static Matrix read(Node node, String name, int rows, int columns, boolean table) {
        float[] scales = MatrixCodec.scales(node, name, rows);
        return of(rows, columns, MatrixCodec.values(node, name, rows, columns, scales), scales, table, name);
    }

    void write(Node node, String name) {
        MatrixCodec.write(node, name, columns, values(), scales);
    }

    int rows() {
        return rows;
    }

    /** Empty, or one per row of a quantised matrix. */
    float[] scales() {
        return scales;
    }

    int columns() {
        return columns;
    }

    /** A row of a {@link #table}; not to be changed. */
    float[] row(int row) {
        return ((MatrixKernel.Rows) kernel).row(row);
    }

    /** All values, row by row. */
    float[] values() {
        float[] values = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                values[r * columns + c] = kernel.at(r, c);
            }
        }
        return values;
    }

    /**
     * Adds the product with a vector to {@code out}.
     *
     * @param x at least as long as there are columns
     * @param places scratch, at least as long as there are columns
     * @param out exactly as long as there are rows
     */
    void addProduct(float[] x, int[] places, float[] out) {
        kernel.addProduct(x, places, out);
    }

    /** Each row in 255 steps up to its largest value; short rows stay as they are. */
    Matrix quantized() {
        if (columns < MIN_QUANTIZED || scales.length > 0 || (long) rows * columns > MatrixCodec.MAX_VALUES) {
            return this;
        }
        float[] values = values();
        float[] steps = new float[rows];
        for (int r = 0; r < rows; r++) {
            for (int i = r * columns; i < (r + 1) * columns; i++) {
                steps[r] = Math.max(steps[r], Math.abs(values[i]) / MatrixCodec.STEPS);
            }
            for (int i = r * columns; i < (r + 1) * columns; i++) {
                values[i] = MatrixCodec.value(MatrixCodec.step(values[i], steps[r]), steps[r]);
            }
        }
        return of(rows, columns, values, steps, table, "weights");
    }

    /** With this share of zeros at least: the smallest values make way. */
    Matrix pruned(double share) {
        float[] values = values();
        float[] sizes = new float[values.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(values[i]);
        }
        Arrays.sort(sizes);
        int wanted = (int) (share * values.length);
        float limit = wanted == 0 ? 0 : sizes[wanted - 1];
        int left = wanted - zeros(values);
        for (int i = 0; i < values.length && left > 0; i++) {
            if (values[i] != 0 && Math.abs(values[i]) < limit) {
                values[i] = 0;
                left--;
            }
        }
        // Of equally small ones the first.
        for (int i = 0; i < values.length && left > 0; i++) {
            if (values[i] != 0 && Math.abs(values[i]) == limit) {
                values[i] = 0;
                left--;
            }
        }
        return of(rows, columns, values, scales, table, "weights");
    }
}
