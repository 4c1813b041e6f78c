package org.autotuner.score;

import org.autotuner.bundle.Node;

/**
 * A matrix of rows x columns as float arrays that the JIT compiler vectorises: by columns where a product adds multiples
 * of columns to many outputs, by rows where there are few outputs, or rows are looked up. Immutable and thread-safe.
 */
final class Matrix {

    /** From so many rows on, adding multiples of columns is faster than a product for each row. */
    private static final int MIN_COLUMN = 16;

    private final int rows;
    private final int columns;
    private final boolean byColumns;
    private final float[][] lines;

    private Matrix(int rows, int columns, boolean byColumns, float[][] lines) {
        this.rows = rows;
        this.columns = columns;
        this.byColumns = byColumns;
        this.lines = lines;
    }

    /**
     * A matrix to multiply vectors by.
     *
     * @param values rows x columns, row by row; copied
     * @throws IllegalArgumentException if the length does not fit or a value is not finite
     */
    static Matrix of(int rows, int columns, float[] values, String name) {
        return of(rows, columns, rows >= MIN_COLUMN, values, name);
    }

    /** A matrix whose rows are looked up. */
    static Matrix table(int rows, int columns, float[] values, String name) {
        return of(rows, columns, false, values, name);
    }

    private static Matrix of(int rows, int columns, boolean byColumns, float[] values, String name) {
        Arguments.length(values.length, (long) rows * columns, name);
        Arguments.finite(values, name);
        float[][] lines = new float[byColumns ? columns : rows][byColumns ? rows : columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                lines[byColumns ? c : r][byColumns ? r : c] = values[r * columns + c];
            }
        }
        return new Matrix(rows, columns, byColumns, lines);
    }

    /** Reads what {@link #write} wrote for a matrix of {@link #of}. */
    static Matrix read(Node node, String name, int rows, int columns) {
        return of(rows, columns, node.floats(name), name);
    }

    /** Reads what {@link #write} wrote for a {@link #table}. */
    static Matrix readTable(Node node, String name, int rows, int columns) {
        return table(rows, columns, node.floats(name), name);
    }

    void write(Node node, String name) {
        node.put(name, values());
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** A row of a {@link #table}; not to be changed. */
    float[] row(int row) {
        return lines[row];
    }

    /** All values, row by row. */
    float[] values() {
        float[] values = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                values[r * columns + c] = byColumns ? lines[c][r] : lines[r][c];
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
        if (byColumns) {
            addColumns(x, places, out);
            return;
        }
        for (int r = 0; r < rows; r++) {
            out[r] += dot(lines[r], x);
        }
    }

    /** Only columns whose factor is not 0: behind a ReLU that is half of them. */
    private void addColumns(float[] x, int[] places, float[] out) {
        int count = 0;
        for (int c = 0; c < columns; c++) {
            if (x[c] != 0) {
                places[count++] = c;
            }
        }
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            int a = places[i];
            int b = places[i + 1];
            int c = places[i + 2];
            int d = places[i + 3];
            addFour(x[a], lines[a], x[b], lines[b], x[c], lines[c], x[d], lines[d], out);
        }
        for (; i < count; i++) {
            addOne(x[places[i]], lines[places[i]], out);
        }
    }

    /** Four at once load and store each output once; the arrays apart make the JIT compiler see that none overlap. */
    private static void addFour(
            float a, float[] u, float b, float[] v, float c, float[] w, float d, float[] z, float[] out) {
        for (int o = 0; o < out.length; o++) {
            out[o] += a * u[o] + b * v[o] + c * w[o] + d * z[o];
        }
    }

    private static void addOne(float a, float[] u, float[] out) {
        for (int o = 0; o < out.length; o++) {
            out[o] += a * u[o];
        }
    }

    private static float dot(float[] row, float[] x) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 4 <= row.length; i += 4) {
            a += row[i] * x[i];
            b += row[i + 1] * x[i + 1];
            c += row[i + 2] * x[i + 2];
            d += row[i + 3] * x[i + 3];
        }
        for (; i < row.length; i++) {
            a += row[i] * x[i];
        }
        return a + b + (c + d);
    }
}
