package org.autotuner.score;

import org.autotuner.bundle.Node;

/** What codecs check while they read. */
final class Checks {

    /** Features beyond cannot be told apart by the positions that scorers hold. */
    static final int MAX_WIDTH = 1 << 28;

    private Checks() {}

    static void that(boolean fine, Node node, String name, String problem) {
        if (!fine) {
            throw node.wrong(name, problem);
        }
    }

    /** An array of this length; multiplied as longs, so that nothing overflows. */
    static void length(int actual, long expected, Node node, String name) {
        that(actual == expected, node, name, "has %d values instead of %d".formatted(actual, expected));
    }

    static void within(int[] values, int low, int high, Node node, String name) {
        for (int value : values) {
            that(value >= low && value <= high, node, name, "holds %d, outside %d..%d".formatted(value, low, high));
        }
    }

    static void noNaN(double[] values, Node node, String name) {
        for (double value : values) {
            that(!Double.isNaN(value), node, name, "holds NaN");
        }
    }

    /** A category code as an index; -1 for NaN and for codes that are not among {@code size}. */
    static int code(float cell, int size) {
        return cell >= 0 && cell < size ? (int) cell : -1;
    }

    static float[] finiteFloats(Node node, String name) {
        float[] values = node.floats(name);
        for (float value : values) {
            finite(value, node, name);
        }
        return values;
    }

    static void finite(double value, Node node, String name) {
        that(Double.isFinite(value), node, name, "is " + value);
    }

    static void finite(double[] values, Node node, String name) {
        for (double value : values) {
            finite(value, node, name);
        }
    }
}
