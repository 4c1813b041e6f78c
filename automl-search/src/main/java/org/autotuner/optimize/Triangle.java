package org.autotuner.optimize;

import java.util.Arrays;

/**
 * A Cholesky factor that grows by rows, and its inverse. A factor grown row by row equals one made at once, bit by bit,
 * since both are the same arithmetic. Mutable; used by one thread.
 */
final class Triangle {

    private double[][] rows = new double[64][];
    private double[][] inverse = new double[64][];
    private int inverted;
    private int size;

    int size() {
        return size;
    }

    /**
     * Adds the next row.
     *
     * @param covariances with all rows before, and with itself last
     */
    void append(double[] covariances) {
        int i = size;
        if (i == rows.length) {
            rows = Arrays.copyOf(rows, 2 * i);
            inverse = Arrays.copyOf(inverse, 2 * i);
        }
        double[] row = new double[i + 1];
        for (int j = 0; j < i; j++) {
            row[j] = (covariances[j] - dot(row, rows[j], j)) / rows[j][j];
        }
        row[i] = Math.sqrt(Math.max(1e-10, covariances[i] - dot(row, row, i)));
        rows[i] = row;
        size++;
    }

    /** Goes back to the first rows. */
    void truncate(int to) {
        size = Math.min(size, to);
        inverted = Math.min(inverted, size);
    }

    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.log(rows[i][i]);
        }
        return 2 * sum;
    }

    /** inverse(L) times a vector, into {@code to}. */
    void halfSolve(double[] vector, double[] to) {
        invert();
        for (int i = 0; i < size; i++) {
            to[i] = dot(inverse[i], vector, i + 1);
        }
    }

    /** inverse(L L') times a vector. */
    double[] solve(double[] vector) {
        double[] half = new double[size];
        halfSolve(vector, half);
        return transposed(half);
    }

    /** inverse(L') times a vector. */
    double[] transposed(double[] half) {
        double[] result = new double[size];
        for (int i = 0; i < size; i++) {
            double[] row = inverse[i];
            double factor = half[i];
            for (int j = 0; j <= i; j++) {
                result[j] += factor * row[j];
            }
        }
        return result;
    }

    /** The lower half of inverse(L L'). */
    double[][] inverseProduct() {
        invert();
        double[][] columns = new double[size][];
        for (int j = 0; j < size; j++) {
            columns[j] = new double[size - j];
            for (int i = j; i < size; i++) {
                columns[j][i - j] = inverse[i][j];
            }
        }
        double[][] product = new double[size][];
        for (int i = 0; i < size; i++) {
            product[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                product[i][j] = dot(columns[i], 0, columns[j], i - j, size - i);
            }
        }
        return product;
    }

    private void invert() {
        for (; inverted < size; inverted++) {
            int i = inverted;
            double[] row = new double[i + 1];
            double[] own = rows[i];
            for (int k = 0; k < i; k++) {
                double factor = own[k];
                double[] above = inverse[k];
                for (int j = 0; j <= k; j++) {
                    row[j] -= factor * above[j];
                }
            }
            double scale = 1 / own[i];
            for (int j = 0; j < i; j++) {
                row[j] *= scale;
            }
            row[i] = scale;
            inverse[i] = row;
        }
    }

    private static double dot(double[] a, double[] b, int length) {
        return dot(a, 0, b, 0, length);
    }

    /** In four sums, so that additions need not wait for one another. */
    private static double dot(double[] a, int from, double[] b, int other, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += a[from + i] * b[other + i];
            s1 += a[from + i + 1] * b[other + i + 1];
            s2 += a[from + i + 2] * b[other + i + 2];
            s3 += a[from + i + 3] * b[other + i + 3];
        }
        for (; i < length; i++) {
            s0 += a[from + i] * b[other + i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
