package org.autotuner.insight;

import java.util.Arrays;
import java.util.List;

/** The values of a study as 0..1, from low to high; outliers on the bad side lie at the edge. Immutable. */
final class ValueScale {

    private static final double WIDE = 50;
    private static final int SHADES = 9;

    private final double low;
    private final double high;
    private final boolean isLog;
    private final boolean isMaximised;
    private final double[] sorted;

    private ValueScale(double low, double high, boolean isMaximised, double[] sorted) {
        this.isLog = low > 0 && high / low > WIDE;
        double margin = isLog || high > low ? 0 : Math.max(1e-9, Math.abs(low) * 0.1);
        this.low = low - margin;
        this.high = high + margin;
        this.isMaximised = isMaximised;
        this.sorted = sorted;
    }

    /** Over some values, at least one. */
    static ValueScale of(List<Double> values, boolean isMaximised) {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        double[] fenced = Fence.lowered(all, isMaximised);
        Arrays.sort(all);
        return new ValueScale(
                Arrays.stream(fenced).min().orElseThrow(),
                Arrays.stream(fenced).max().orElseThrow(),
                isMaximised,
                all);
    }

    boolean isLog() {
        return isLog;
    }

    double position(double value) {
        double clamped = Math.min(high, Math.max(low, value));
        return isLog ? Math.log(clamped / low) / Math.log(high / low) : (clamped - low) / (high - low);
    }

    /** Whether a value lies beyond the edge. */
    boolean isOut(double value) {
        return value < low || value > high;
    }

    List<Axis.Tick> ticks() {
        List<Double> values = isLog ? Numbers.roundLog(low, high, 6) : Numbers.round(low, high, 6);
        return values.stream()
                .map(value -> new Axis.Tick(position(value), Numbers.text(value)))
                .toList();
    }

    /** The colour of a value by its rank among all: c0 for the worst to c8 for the best. */
    String shade(double value) {
        int place = Arrays.binarySearch(sorted, value);
        double rank = (place < 0 ? -place - 1 : place) / Math.max(1.0, sorted.length - 1);
        return shadeOf(isMaximised ? rank : 1 - rank);
    }

    /** The colour of a goodness of 0..1. */
    static String shadeOf(double goodness) {
        return "c" + (int) Math.min(SHADES - 1.0, Math.max(0, Math.floor(goodness * SHADES)));
    }
}
