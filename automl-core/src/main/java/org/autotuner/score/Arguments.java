package org.autotuner.score;

/** What factories check about arrays that they are given. */
final class Arguments {

    private Arguments() {}

    static void length(int actual, long expected, String name) {
        if (actual != expected) {
            throw new IllegalArgumentException(
                    "%s: %d values are given, %d are needed.".formatted(name, actual, expected));
        }
    }

    static void some(double[] values, String name) {
        if (values.length == 0) {
            throw new IllegalArgumentException("%s: at least one value is needed.".formatted(name));
        }
    }

    static void finite(double[] values, String name) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("%s: value %d is %s.".formatted(name, i, values[i]));
            }
        }
    }

    static void finite(float[] values, String name) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("%s: value %d is %s.".formatted(name, i, values[i]));
            }
        }
    }

    /** Throws with the formatted problem unless it is fine. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency at run time
    static void that(boolean fine, String problem, Object... values) {
        if (!fine) {
            throw new IllegalArgumentException(problem.formatted(values));
        }
    }
}
