package org.autotuner.score;

import java.util.Arrays;

/** Only the values that are not 0, row by row. Immutable and thread-safe. */
final class SparseKernel implements MatrixKernel {

    /**
     * Up to this share of values that are not 0 it is faster than full rows or columns, whose products are vectorised:
     * measured on layers of 100 x 200 to 256 x 256 with AVX2.
     */
    static final double DENSITY = 0.04;

    private final int[] starts;
    private final int[] columns;
    private final float[] values;

    /** Row r has the values {@code starts[r]..starts[r + 1] - 1}, their columns ascending. */
    SparseKernel(int[] starts, int[] columns, float[] values) {
        this.starts = starts;
        this.columns = columns;
        this.values = values;
    }

    static SparseKernel of(int rows, int width, float[] all) {
        int[] starts = new int[rows + 1];
        IntArray columns = new IntArray();
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < width; c++) {
                if (all[r * width + c] != 0) {
                    columns.add(c);
                }
            }
            starts[r + 1] = columns.size();
        }
        float[] values = new float[columns.size()];
        int[] places = columns.toArray();
        for (int r = 0; r < rows; r++) {
            for (int i = starts[r]; i < starts[r + 1]; i++) {
                values[i] = all[r * width + places[i]];
            }
        }
        return new SparseKernel(starts, places, values);
    }

    @Override
    public float at(int row, int column) {
        int at = Arrays.binarySearch(columns, starts[row], starts[row + 1], column);
        return at >= 0 ? values[at] : 0;
    }

    @Override
    public void addProduct(float[] x, int[] places, float[] out) {
        for (int r = 0; r < out.length; r++) {
            float a = 0;
            float b = 0;
            int i = starts[r];
            int end = starts[r + 1];
            for (; i + 2 <= end; i += 2) {
                a += values[i] * x[columns[i]];
                b += values[i + 1] * x[columns[i + 1]];
            }
            if (i < end) {
                a += values[i] * x[columns[i]];
            }
            out[r] += a + b;
        }
    }
}
