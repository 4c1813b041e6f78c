package org.autotuner.task;

import java.util.Arrays;
import org.autotuner.bundle.Node;

/**
 * The logistic distribution's quantile of the rank among the training values: {@code log(p / (1 - p))} where a share p of them
 * lies below. Linear between at most {@value #MOST_KNOTS} of the values, and beyond the first and the last one with the mean
 * slope of all. Immutable and thread-safe.
 */
public final class QuantileTarget implements TargetTransform {

    static final int MOST_KNOTS = 1_000;

    private final double[] values;
    private final double[] places;

    private QuantileTarget(double[] values, double[] places) {
        this.values = values;
        this.places = places;
    }

    /** @param sorted ascending, at least one */
    static QuantileTarget fit(double[] sorted) {
        int size = sorted.length;
        double[] values = new double[size];
        double[] places = new double[size];
        int distinct = 0;
        for (int from = 0; from < size; ) {
            int to = from;
            while (to < size && sorted[to] == sorted[from]) {
                to++;
            }
            double share = (from + to) / (2.0 * size); // the middle of equal ones
            values[distinct] = sorted[from];
            places[distinct++] = Math.log(share / (1 - share));
            from = to;
        }
        if (distinct == 1) {
            return new QuantileTarget(new double[] {sorted[0], sorted[0] + 1}, new double[] {0, 1});
        }
        int knots = Math.min(MOST_KNOTS, distinct);
        double[] chosenValues = new double[knots];
        double[] chosenPlaces = new double[knots];
        for (int i = 0; i < knots; i++) {
            int at = (int) ((long) i * (distinct - 1) / (knots - 1));
            chosenValues[i] = values[at];
            chosenPlaces[i] = places[at];
        }
        return new QuantileTarget(chosenValues, chosenPlaces);
    }

    @Override
    public Kind kind() {
        return Kind.QUANTILE;
    }

    @Override
    public double apply(double value) {
        return along(values, places, value);
    }

    @Override
    public double undo(double changed) {
        return along(places, values, changed);
    }

    /** The broken line from one axis to the other. */
    private static double along(double[] from, double[] to, double x) {
        int last = from.length - 1;
        if (x < from[0] || x > from[last]) {
            int end = x < from[0] ? 0 : last;
            return to[end] + (x - from[end]) * (to[last] - to[0]) / (from[last] - from[0]);
        }
        int found = Arrays.binarySearch(from, x);
        if (found >= 0) {
            return to[found];
        }
        int next = -found - 1;
        double share = (x - from[next - 1]) / (from[next] - from[next - 1]);
        return to[next - 1] + share * (to[next] - to[next - 1]);
    }

    @Override
    public void write(Node node) {
        node.put("kind", kind().id()).put("values", values).put("places", places);
    }

    static QuantileTarget read(Node node) {
        double[] values = node.doubles("values");
        double[] places = node.doubles("places");
        if (values.length < 2 || values.length != places.length) {
            throw node.wrong("places", "are %d for %d values".formatted(places.length, values.length));
        }
        check(values, node, "values");
        check(places, node, "places");
        return new QuantileTarget(values, places);
    }

    private static void check(double[] numbers, Node node, String name) {
        for (int i = 0; i < numbers.length; i++) {
            if (!Double.isFinite(numbers[i]) || (i > 0 && !(numbers[i] > numbers[i - 1]))) {
                throw node.wrong(name, "do not rise at position " + i);
            }
        }
    }
}
