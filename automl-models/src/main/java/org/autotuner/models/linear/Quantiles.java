package org.autotuner.models.linear;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.autotuner.task.Weights;

/** Weighted quantiles: the smallest value at which the cumulated weight reaches the level. */
final class Quantiles {

    private Quantiles() {}

    static double[] of(double[] values, Weights weights, double[] levels) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> values[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        double total = 0;
        for (int row : order) {
            total += weights.at(row);
        }
        double[] found = new double[levels.length];
        double below = 0;
        int k = 0;
        for (int i = 0; i < order.length && k < levels.length; i++) {
            below += weights.at(order[i]);
            while (k < levels.length && below >= levels[k] * total * (1 - 1e-12)) {
                found[k++] = values[order[i]];
            }
        }
        return found;
    }
}
