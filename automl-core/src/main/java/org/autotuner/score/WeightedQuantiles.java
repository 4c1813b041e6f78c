package org.autotuner.score;

/**
 * Weighted quantiles by linear interpolation between the middles of the values' weights (Hazen's rule where all
 * weights are equal); constant beyond the outermost values, hence never crossing.
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
        int upper = 0;
        double below = 0;
        for (int k = 0; k < levels.length; k++) {
            double wanted = levels[k] * total;
            while (upper < values.length && below + weights[upper] / 2 < wanted) {
                below += weights[upper++];
            }
            if (upper == 0 || upper == values.length) {
                out[k] = values[upper == 0 ? 0 : values.length - 1];
                continue;
            }
            double from = below - weights[upper - 1] / 2;
            double share = (wanted - from) / (below + weights[upper] / 2 - from);
            out[k] = values[upper - 1] + share * (values[upper] - values[upper - 1]);
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
