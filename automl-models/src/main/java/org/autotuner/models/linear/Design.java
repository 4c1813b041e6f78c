package org.autotuner.models.linear;

import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.SparseRows;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a fold as a linear model reads them: dense numbers first, then sparse entries; missing and infinite
 * numbers count as 0. Parameters lie feature by feature ({@code w[feature * outputs + output]}), the biases last.
 */
final class Design {

    private static final int MOMENT_ROWS = 50_000;

    private final int rows;
    private final int dense;
    private final int width;
    private final float[] values;
    private final @Nullable SparseRows sparse;

    private Design(int rows, int dense, int width, float[] values, @Nullable SparseRows sparse) {
        this.rows = rows;
        this.dense = dense;
        this.width = width;
        this.values = values;
        this.sparse = sparse;
    }

    static Design of(FeatureMatrix features) {
        float[] values = features.denseArray();
        return new Design(
                features.rows(),
                features.width(),
                features.width() + features.sparseWidth(),
                finite(values),
                features.sparse());
    }

    int rows() {
        return rows;
    }

    /** Dense and sparse features together. */
    int width() {
        return width;
    }

    int denseWidth() {
        return dense;
    }

    /** Copies the dense numbers of a row. */
    void copyDense(int row, float[] out) {
        System.arraycopy(values, row * dense, out, 0, dense);
    }

    /** Numbers read per pass over all rows. */
    long entries() {
        return (long) rows * dense + (sparse == null || rows == 0 ? 0 : sparse.end(rows - 1));
    }

    /** Mean square of each feature over (at most the first 50,000) rows, and 1 for the bias. */
    double[] moments() {
        int read = Math.min(rows, MOMENT_ROWS);
        double[] moments = new double[width + 1];
        for (int row = 0; row < read; row++) {
            for (int j = 0; j < dense; j++) {
                double x = values[row * dense + j];
                moments[j] += x * x;
            }
            for (int e = sparse == null ? 0 : sparse.start(row); sparse != null && e < sparse.end(row); e++) {
                moments[dense + sparse.index(e)] += sparse.value(e) * sparse.value(e);
            }
        }
        for (int j = 0; j < width; j++) {
            moments[j] /= Math.max(1, read);
        }
        moments[width] = 1;
        return moments;
    }

    /** Length of the parameter array. */
    int parameters(int outputs) {
        return (width + 1) * outputs;
    }

    /** Writes the linear scores of a row to {@code z}. */
    void scores(double[] w, int row, double[] z) {
        if (z.length == 1) {
            z[0] = score(w, row);
            return;
        }
        int outputs = z.length;
        System.arraycopy(w, width * outputs, z, 0, outputs);
        int offset = row * dense;
        for (int j = 0; j < dense; j++) {
            add(z, 0, w, j * outputs, values[offset + j], outputs);
        }
        if (sparse != null) {
            for (int e = sparse.start(row), end = sparse.end(row); e < end; e++) {
                add(z, 0, w, (dense + sparse.index(e)) * outputs, sparse.value(e), outputs);
            }
        }
    }

    /** Adds the row's share of the gradient: the outer product of its features and {@code slope}. */
    void addGradient(double[] slope, int row, double[] gradient) {
        int outputs = slope.length;
        int offset = row * dense;
        if (outputs == 1) {
            double s = slope[0];
            for (int j = 0; j < dense; j++) {
                gradient[j] += s * values[offset + j];
            }
            if (sparse != null) {
                for (int e = sparse.start(row), end = sparse.end(row); e < end; e++) {
                    gradient[dense + sparse.index(e)] += s * sparse.value(e);
                }
            }
            gradient[width] += s;
            return;
        }
        for (int j = 0; j < dense; j++) {
            add(gradient, j * outputs, slope, 0, values[offset + j], outputs);
        }
        if (sparse != null) {
            for (int e = sparse.start(row), end = sparse.end(row); e < end; e++) {
                add(gradient, (dense + sparse.index(e)) * outputs, slope, 0, sparse.value(e), outputs);
            }
        }
        add(gradient, width * outputs, slope, 0, 1, outputs);
    }

    /** As {@link #scores(double[], int, double[])} in floats, for several outputs. */
    void scores(float[] w, int row, float[] z) {
        int outputs = z.length;
        System.arraycopy(w, width * outputs, z, 0, outputs);
        for (int j = 0; j < dense; j++) {
            add(z, 0, w, j * outputs, values[row * dense + j], outputs);
        }
        if (sparse != null) {
            for (int e = sparse.start(row), end = sparse.end(row); e < end; e++) {
                add(z, 0, w, (dense + sparse.index(e)) * outputs, sparse.value(e), outputs);
            }
        }
    }

    /** As {@link #addGradient(double[], int, double[])} in floats, for several outputs. */
    void addGradient(float[] slope, int row, float[] gradient) {
        int outputs = slope.length;
        for (int j = 0; j < dense; j++) {
            add(gradient, j * outputs, slope, 0, values[row * dense + j], outputs);
        }
        if (sparse != null) {
            for (int e = sparse.start(row), end = sparse.end(row); e < end; e++) {
                add(gradient, (dense + sparse.index(e)) * outputs, slope, 0, sparse.value(e), outputs);
            }
        }
        add(gradient, width * outputs, slope, 0, 1, outputs);
    }

    private double score(double[] w, int row) {
        int offset = row * dense;
        double a = w[width];
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        // Four sums, so that additions need not wait for one another.
        for (; j + 3 < dense; j += 4) {
            a += w[j] * values[offset + j];
            b += w[j + 1] * values[offset + j + 1];
            c += w[j + 2] * values[offset + j + 2];
            d += w[j + 3] * values[offset + j + 3];
        }
        for (; j < dense; j++) {
            a += w[j] * values[offset + j];
        }
        if (sparse != null) {
            for (int e = sparse.start(row), end = sparse.end(row); e < end; e++) {
                b += w[dense + sparse.index(e)] * sparse.value(e);
            }
        }
        return a + b + c + d;
    }

    private static void add(double[] to, int at, double[] from, int start, float factor, int count) {
        if (factor == 0) {
            return;
        }
        for (int k = 0; k < count; k++) {
            to[at + k] += factor * from[start + k];
        }
    }

    private static void add(float[] to, int at, float[] from, int start, float factor, int count) {
        for (int k = 0; k < count; k++) {
            to[at + k] += factor * from[start + k];
        }
    }

    private static float[] finite(float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                float[] copy = values.clone();
                for (int j = i; j < copy.length; j++) {
                    copy[j] = Float.isFinite(copy[j]) ? copy[j] : 0;
                }
                return copy;
            }
        }
        return values;
    }
}
