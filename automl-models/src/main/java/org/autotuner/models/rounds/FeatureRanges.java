package org.autotuner.models.rounds;

import java.util.Arrays;
import org.autotuner.prepare.FeatureMatrix;

/** The least and the largest value of each dense feature of some rows; 0 for a feature that is always missing. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FeatureRanges(float[] low, float[] high) {

    public static FeatureRanges of(FeatureMatrix features) {
        int width = features.width();
        float[] cells = features.denseArray();
        float[] low = new float[width];
        float[] high = new float[width];
        Arrays.fill(low, Float.POSITIVE_INFINITY);
        Arrays.fill(high, Float.NEGATIVE_INFINITY);
        for (int at = 0; at < features.rows() * width; at++) {
            float x = cells[at];
            int feature = at % width;
            if (x < low[feature]) {
                low[feature] = x;
            }
            if (x > high[feature]) {
                high[feature] = x;
            }
        }
        for (int feature = 0; feature < width; feature++) {
            if (!(low[feature] <= high[feature])) {
                low[feature] = 0;
                high[feature] = 0;
            }
        }
        return new FeatureRanges(low, high);
    }

    /** The value, or the end of the feature's range where it lies beyond. */
    public double within(int feature, float value) {
        return Math.max(low[feature], Math.min(high[feature], value));
    }
}
