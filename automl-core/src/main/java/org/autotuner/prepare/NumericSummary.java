package org.autotuner.prepare;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.autotuner.task.Weights;

/**
 * Statistics of one number over the training rows of positive weight. Mean and deviation are weighted; quantiles come
 * from at most {@value #SAMPLE} evenly spread rows.
 */
final class NumericSummary {

    static final int SAMPLE = 100_000;

    private final int present;
    private final int missing;
    private final double min;
    private final double max;
    private final double mean;
    private final double deviation;
    private final double[] sorted;

    private NumericSummary(
            int present, int missing, double min, double max, double mean, double deviation, double[] sorted) {
        this.present = present;
        this.missing = missing;
        this.min = min;
        this.max = max;
        this.mean = mean;
        this.deviation = deviation;
        this.sorted = sorted;
    }

    /** Summarises the numbers of the rows; what is not finite counts as missing. */
    static NumericSummary of(int rows, IntToDoubleFunction number, Weights weights, boolean quantiles) {
        int present = 0;
        int missing = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double total = 0;
        double mean = 0;
        double squares = 0;
        for (int row = 0; row < rows; row++) {
            double weight = weights.at(row);
            double value = number.applyAsDouble(row);
            if (weight == 0) {
                continue;
            }
            if (!Double.isFinite(value)) {
                missing++;
                continue;
            }
            present++;
            min = Math.min(min, value);
            max = Math.max(max, value);
            // West 1979: one pass without cancellation.
            total += weight;
            double delta = value - mean;
            mean += delta * weight / total;
            squares += weight * delta * (value - mean);
        }
        double deviation = present == 0 ? 0 : Math.sqrt(squares / total);
        return new NumericSummary(
                present,
                missing,
                min,
                max,
                Double.isFinite(mean) ? mean : min / 2 + max / 2,
                Double.isFinite(deviation) ? deviation : max / 2 - min / 2,
                quantiles ? sample(rows, number, weights, present) : new double[0]);
    }

    private static double[] sample(int rows, IntToDoubleFunction number, Weights weights, int present) {
        double[] values = new double[Math.min(present, SAMPLE)];
        int seen = 0;
        int taken = 0;
        for (int row = 0; row < rows && taken < values.length; row++) {
            double value = number.applyAsDouble(row);
            if (weights.at(row) > 0 && Double.isFinite(value)) {
                if ((long) seen * values.length >= (long) taken * present) {
                    values[taken++] = value;
                }
                seen++;
            }
        }
        double[] sorted = Arrays.copyOf(values, taken);
        Arrays.sort(sorted);
        return sorted;
    }

    /** True if all present numbers are equal or none is present. */
    boolean isConstant() {
        return present == 0 || min == max;
    }

    boolean hasMissing() {
        return missing > 0;
    }

    boolean isEmpty() {
        return present == 0;
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }

    double mean() {
        return mean;
    }

    double deviation() {
        return deviation;
    }

    /** The sampled numbers in order. */
    double[] sorted() {
        return sorted;
    }

    /** The quantile, linear between neighbours (type 7 of Hyndman and Fan 1996). */
    double quantile(double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(sorted.length - 1, below + 1);
        double part = position - below;
        return sorted[below] * (1 - part) + sorted[above] * part;
    }
}
