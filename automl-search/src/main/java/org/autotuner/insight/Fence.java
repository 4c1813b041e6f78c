package org.autotuner.insight;

import java.util.Arrays;

/** Tukey's far fence (Exploratory Data Analysis, 1977): what lies further out is no part of the picture. */
final class Fence {

    private static final double FAR = 3;

    private Fence() {}

    /** The values, those far on the bad side lowered to the fence. */
    static double[] lowered(double[] values, boolean isMaximised) {
        double fence = worst(values, isMaximised);
        return Arrays.stream(values)
                .map(value -> isMaximised ? Math.max(value, fence) : Math.min(value, fence))
                .toArray();
    }

    /** The worst value that is no outlier; where half of the values are equal there are none. */
    static double worst(double[] values, boolean isMaximised) {
        double[] sorted = Arrays.stream(values)
                .map(value -> isMaximised ? -value : value)
                .sorted()
                .toArray();
        double first = sorted[(sorted.length - 1) / 4];
        double third = sorted[(sorted.length - 1) * 3 / 4];
        double fence = third > first ? third + FAR * (third - first) : Double.POSITIVE_INFINITY;
        return isMaximised ? -fence : fence;
    }
}
