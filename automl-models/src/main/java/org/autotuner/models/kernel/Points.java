package org.autotuner.models.kernel;

import org.autotuner.prepare.FeatureMatrix;

/** The dense block of a matrix as points in space: missing and infinite numbers count as 0, the centre. */
final class Points {

    private final float[] values;
    private final int rows;
    private final int width;

    private Points(float[] values, int rows, int width) {
        this.values = values;
        this.rows = rows;
        this.width = width;
    }

    /** Rows x width, row by row; shared, not to be changed. */
    float[] values() {
        return values;
    }

    int rows() {
        return rows;
    }

    int width() {
        return width;
    }

    static Points of(FeatureMatrix features) {
        float[] values = features.denseArray();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                values = values.clone();
                for (int j = i; j < values.length; j++) {
                    values[j] = Float.isFinite(values[j]) ? values[j] : 0;
                }
                break;
            }
        }
        return new Points(values, features.rows(), features.width());
    }

    Points select(int[] chosen) {
        float[] picked = new float[chosen.length * width];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values, chosen[i] * width, picked, i * width, width);
        }
        return new Points(picked, chosen.length, width);
    }

    /** Variance over all cells; 1 where all are equal. */
    double variance() {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
        }
        double mean = values.length == 0 ? 0 : sum / values.length;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares > 0 ? squares / values.length : 1;
    }
}
