package org.autotuner.evaluate;

import java.util.Arrays;
import java.util.Locale;

/**
 * A figure with its 90 % interval; all NaN where it is not defined.
 *
 * @param low lower end, at most {@code high}
 */
public record Interval(double value, double low, double high) {

    /** Ends of the 90 % interval. */
    static final double LOW = 0.05;

    static final double HIGH = 0.95;

    /** The percentile interval of resampled values; NaN values are left out. */
    static Interval ofSamples(double value, double[] samples) {
        double[] sorted =
                Arrays.stream(samples).filter(x -> !Double.isNaN(x)).sorted().toArray();
        return new Interval(value, quantile(sorted, LOW), quantile(sorted, HIGH));
    }

    /** The same interval, drawn together around the value by a factor. */
    Interval shrink(double factor) {
        return new Interval(value, value + (low - value) * factor, value + (high - value) * factor);
    }

    /** Linear interpolation between order statistics; NaN of nothing. */
    static double quantile(double[] sorted, double level) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = level * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        double share = at - below;
        return share == 0 ? sorted[below] : sorted[below] * (1 - share) + sorted[above] * share;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", value, low, high);
    }
}
