package org.autotuner.examples.bench.search;

import java.util.Arrays;
import java.util.Collection;

/** The middle of some values. */
public final class Median {

    private Median() {}

    /** The middle value, or the mean of the two middle ones; NaN counts as largest. At least one value is given. */
    public static double of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(value -> value).toArray();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
