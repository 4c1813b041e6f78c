package org.autotuner.models.tree;

import java.util.Arrays;
import java.util.Comparator;

/** Statistics of weighted values. */
final class WeightedValues {

    private WeightedValues() {}

    static double mean(double[] values, double[] weights) {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
            weight += weights[i];
        }
        return weight > 0 ? sum / weight : 0;
    }

    /** The least value up to which at least this share of the weight lies; 0 without values. */
    static double quantile(double[] values, double[] weights, double share) {
        double total = Arrays.stream(weights).sum();
        Integer[] sorted = new Integer[values.length];
        Arrays.setAll(sorted, i -> i);
        Arrays.sort(sorted, Comparator.comparingDouble(i -> values[i]));
        double below = 0;
        for (int i : sorted) {
            below += weights[i];
            if (below >= share * total && weights[i] > 0) {
                return values[i];
            }
        }
        return 0;
    }
}
