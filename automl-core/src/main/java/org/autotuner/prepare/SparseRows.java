package org.autotuner.prepare;

/**
 * Sparse rows in compressed form. Immutable by convention: the arrays are shared, not copied, and must not change.
 *
 * @see FeatureMatrix
 */
public final class SparseRows {

    private final int width;
    private final int[] start;
    private final int[] index;
    private final float[] value;

    /**
     * Sparse rows.
     *
     * @param width number of columns
     * @param start rows + 1 positions: row i has the entries start[i]..start[i+1]-1
     * @param index column of each entry, increasing within a row
     * @param value value of each entry
     */
    public SparseRows(int width, int[] start, int[] index, float[] value) {
        this.width = width;
        this.start = start;
        this.index = index;
        this.value = value;
    }

    public int width() {
        return width;
    }

    public int rows() {
        return start.length - 1;
    }

    public int start(int row) {
        return start[row];
    }

    public int end(int row) {
        return start[row + 1];
    }

    public int index(int entry) {
        return index[entry];
    }

    public float value(int entry) {
        return value[entry];
    }

    /** A copy of some rows, in the given order. */
    public SparseRows select(int[] rows) {
        int[] starts = new int[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            starts[i + 1] = starts[i] + end(rows[i]) - start(rows[i]);
        }
        int[] indices = new int[starts[rows.length]];
        float[] values = new float[starts[rows.length]];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(index, start(rows[i]), indices, starts[i], starts[i + 1] - starts[i]);
            System.arraycopy(value, start(rows[i]), values, starts[i], starts[i + 1] - starts[i]);
        }
        return new SparseRows(width, starts, indices, values);
    }
}
