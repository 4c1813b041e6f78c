package org.autotuner.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * Paired comparison of two sets of predictions on the same rows.
 *
 * @param difference error of the first minus error of the second: below 0 the first is better
 * @param low lower end of the 95 % bootstrap interval
 * @param pValue two-sided, from the share of resampled differences on the other side of 0
 */
public record Comparison(double difference, double low, double high, double pValue) {

    /** Compares on resampled rows; resamples where the metric is not defined are left out. */
    public static Comparison paired(
            Target truth,
            Predictions first,
            Predictions second,
            Weights weights,
            Metric metric,
            int resamples,
            long seed) {
        double difference = metric.error(truth, first, weights) - metric.error(truth, second, weights);
        RandomGenerator random = new SplittableRandom(seed);
        double[] samples = new double[resamples];
        int used = 0;
        for (int b = 0; b < resamples; b++) {
            int[] rows = Bootstrap.draw(truth.size(), truth.size(), random);
            Target drawn = truth.select(rows);
            Weights drawnWeights = weights.select(rows);
            double sample = metric.error(drawn, first.select(rows), drawnWeights)
                    - metric.error(drawn, second.select(rows), drawnWeights);
            if (!Double.isNaN(sample)) {
                samples[used++] = sample;
            }
        }
        double[] sorted = Arrays.copyOf(samples, used);
        Arrays.sort(sorted);
        int below = 0;
        int above = 0;
        for (double sample : sorted) {
            below += sample <= 0 ? 1 : 0;
            above += sample >= 0 ? 1 : 0;
        }
        double p = Math.min(1, 2.0 * (Math.min(below, above) + 1) / (used + 1));
        return new Comparison(difference, Interval.quantile(sorted, 0.025), Interval.quantile(sorted, 0.975), p);
    }

    /** Whether the first is worse, beyond what the resampling explains at 95 %. */
    public boolean isFirstWorse() {
        return low > 0;
    }

    /** Holm's (1979) adjusted p-values, in the order given: reject where one is at most the wanted level. */
    public static double[] holm(double... pValues) {
        Integer[] order = new Integer[pValues.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, java.util.Comparator.comparingDouble(i -> pValues[i]));
        double[] adjusted = new double[pValues.length];
        double before = 0;
        for (int rank = 0; rank < order.length; rank++) {
            before = Math.max(before, Math.min(1, (order.length - rank) * pValues[order[rank]]));
            adjusted[order[rank]] = before;
        }
        return adjusted;
    }
}
