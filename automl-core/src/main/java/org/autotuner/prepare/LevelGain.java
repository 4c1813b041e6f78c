package org.autotuner.prepare;

/**
 * How much a reading of some rows as levels tells about the target: the fall of the squared error (Brier score for
 * classes) when each half of the rows is predicted by the smoothed means of the other. Unlike information gain it does
 * not reward levels that are seen once.
 */
final class LevelGain {

    private static final double SMOOTHING = 5;

    private final TargetNumbers target;
    private final int[] rows;

    /** Judges on these rows; neighbours stand in different halves. */
    LevelGain(TargetNumbers target, int[] rows) {
        this.target = target;
        this.rows = rows;
    }

    int[] rows() {
        return rows;
    }

    /** Gain per unit of weight; levels are those of the rows, 0..size-1. */
    double of(int[] levels, int size) {
        int outputs = target.outputs();
        double[][] sums = new double[2][Math.multiplyExact(size, outputs)];
        double[][] counts = new double[2][size];
        double total = 0;
        for (int i = 0; i < rows.length; i++) {
            double weight = target.weight(rows[i]);
            target.add(rows[i], weight, sums[i & 1], levels[i] * outputs);
            counts[i & 1][levels[i]] += weight;
            total += weight;
        }
        double gain = 0;
        for (int i = 0; i < rows.length; i++) {
            int other = 1 - (i & 1);
            for (int k = 0; k < outputs; k++) {
                double prior = target.prior(k);
                double mean = (sums[other][levels[i] * outputs + k] + SMOOTHING * prior)
                        / (counts[other][levels[i]] + SMOOTHING);
                double value = target.value(rows[i], k);
                gain += target.weight(rows[i]) * ((value - prior) * (value - prior) - (value - mean) * (value - mean));
            }
        }
        return total > 0 ? gain / total : 0;
    }
}
