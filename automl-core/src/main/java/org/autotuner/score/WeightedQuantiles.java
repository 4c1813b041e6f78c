package org.autotuner.score;

/**
 * Weighted quantiles: the smallest value at which the cumulated weight exceeds the level, or the mean of both
 * neighbours where it meets the level exactly (definition 2 of Hyndman and Fan 1996); hence never crossing.
 */
final class WeightedQuantiles {

    private WeightedQuantiles() {}

    /** Whether these are ascending numbers in 0..1, at least one. */
    static boolean areLevels(double[] levels) {
        double before = 0;
        for (double level : levels) {
            if (!(level >= before && level <= 1)) {
                return false;
            }
            before = level;
        }
        return levels.length > 0;
    }

    /** Writes one quantile per level; sorts the values, and the weights with them, in place. */
    static void write(double[] values, double[] weights, double[] levels, double[] out) {
        sort(values, weights);
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        int at = 0;
        double reached = weights[0];
        for (int k = 0; k < levels.length; k++) {
            double wanted = levels[k] * total;
            double rounding = 1e-12 * total;
            while (at < values.length - 1 && reached < wanted - rounding) {
                reached += weights[++at];
            }
            boolean meets = at < values.length - 1 && Math.abs(reached - wanted) <= rounding;
            out[k] = meets ? values[at] + (values[at + 1] - values[at]) / 2 : values[at];
        }
    }

    /** By insertion: there are a hundred neighbours at most. */
    private static void sort(double[] values, double[] weights) {
        for (int i = 1; i < values.length; i++) {
            double value = values[i];
            double weight = weights[i];
            int at = i;
            for (; at > 0 && values[at - 1] > value; at--) {
                values[at] = values[at - 1];
                weights[at] = weights[at - 1];
            }
            values[at] = value;
            weights[at] = weight;
        }
    }
}
