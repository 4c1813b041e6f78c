package org.autotuner.train;

import java.util.Collection;

/** Checks of what callers hand in. */
final class Arguments {

    /** What a share of whole steps may be off by. */
    static final double ROUNDING = 1e-9;

    private Arguments() {}

    /** Refuses a value by name. */
    static void require(boolean holds, String name, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("'%s' must be %s, but is %s.".formatted(name, allowed, value));
        }
    }

    static boolean isPositive(double value) {
        return value > 0 && value < Double.POSITIVE_INFINITY;
    }

    static boolean isAtLeastZero(double value) {
        return value >= 0 && value < Double.POSITIVE_INFINITY;
    }

    /** Refuses smoothing outside of [0, 1) and weights that are negative, not finite or all 0. */
    static void requireClasses(double smoothing, Collection<Double> weights) {
        require(smoothing >= 0 && smoothing < 1, "smoothing", smoothing, "in [0, 1)");
        boolean allValid = weights.stream().allMatch(Arguments::isAtLeastZero);
        boolean anyCounts = weights.stream().anyMatch(weight -> weight > 0);
        require(
                weights.isEmpty() || (allValid && anyCounts),
                "classWeights",
                weights,
                "finite, at least 0 and not all 0");
    }
}
