package org.autotuner.models.tree;

import org.autotuner.models.rounds.FeatureRanges;

/**
 * A straight line in a leaf.
 *
 * @param features that it has, at least one
 * @param slopes as many
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LeafLine(int[] features, double[] slopes, double constant) {

    /** Its value for the row that begins at {@code offset}, or {@code plain} where a feature is missing. */
    double value(float[] cells, int offset, FeatureRanges ranges, double plain) {
        double sum = constant;
        for (int i = 0; i < features.length; i++) {
            float x = cells[offset + features[i]];
            if (Float.isNaN(x)) {
                return plain;
            }
            sum += slopes[i] * ranges.within(features[i], x);
        }
        return sum;
    }
}
