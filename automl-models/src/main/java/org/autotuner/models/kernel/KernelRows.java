package org.autotuner.models.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows of the Gaussian kernel matrix {@code exp(-gamma |a - b|^2)}, computed when asked for, the latest ones kept. Not
 * thread-safe.
 */
final class KernelRows {

    private final float[] points;
    private final int width;
    private final int rows;
    private final double gamma;
    private final double[] squares;
    private final int capacity;
    private final Map<Integer, float[]> cache;

    /**
     * Kernel rows of dense points.
     *
     * @param points rows x width, finite
     * @param cacheBytes memory for kept rows; at least two are kept
     */
    KernelRows(float[] points, int rows, int width, double gamma, long cacheBytes) {
        this.points = points;
        this.width = width;
        this.rows = rows;
        this.gamma = gamma;
        this.capacity = (int) Math.max(2, Math.min(rows, cacheBytes / (4L * Math.max(1, rows))));
        this.cache = new LinkedHashMap<>(16, 0.75f, true);
        this.squares = new double[rows];
        for (int row = 0; row < rows; row++) {
            squares[row] = dot(row, row);
        }
    }

    int rows() {
        return rows;
    }

    /** Kernel values of one row against all; shared, valid until two further rows were asked for. */
    float[] row(int i) {
        float[] found = cache.get(i);
        if (found != null) {
            return found;
        }
        float[] values = cache.size() < capacity ? new float[rows] : evict();
        for (int j = 0; j < rows; j++) {
            double distance = Math.max(0, squares[i] + squares[j] - 2 * dot(i, j));
            values[j] = (float) Math.exp(-gamma * distance);
        }
        cache.put(i, values);
        return values;
    }

    private float[] evict() {
        var oldest = cache.entrySet().iterator();
        float[] values = oldest.next().getValue();
        oldest.remove();
        return values;
    }

    private double dot(int i, int j) {
        int a = i * width;
        int b = j * width;
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int k = 0;
        for (; k + 3 < width; k += 4) {
            first += (double) points[a + k] * points[b + k];
            second += (double) points[a + k + 1] * points[b + k + 1];
            third += (double) points[a + k + 2] * points[b + k + 2];
            fourth += (double) points[a + k + 3] * points[b + k + 3];
        }
        for (; k < width; k++) {
            first += (double) points[a + k] * points[b + k];
        }
        return first + second + third + fourth;
    }
}
