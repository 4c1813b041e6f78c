package org.autotuner.plan;

import java.util.HashMap;
import java.util.Map;

/**
 * Corrects the families' cost estimates by what was measured here, family by family. Used by the coordinator alone.
 */
final class CostModel {

    private static final double FIRST_GUESS_WEIGHT = 0.25;

    private record Sums(double measured, double estimated) {}

    private final Map<String, Sums> byFamily = new HashMap<>();

    /** Expected seconds of one fit. */
    double predict(String family, double estimatedSeconds) {
        return estimatedSeconds * ratio(family);
    }

    void learn(String family, double estimatedSeconds, double measuredSeconds) {
        byFamily.merge(
                family,
                new Sums(measuredSeconds, estimatedSeconds),
                (a, b) -> new Sums(0.7 * a.measured() + b.measured(), 0.7 * a.estimated() + b.estimated()));
    }

    private double ratio(String family) {
        Sums sums = byFamily.getOrDefault(family, new Sums(0, 0));
        double ratio = (sums.measured() + FIRST_GUESS_WEIGHT) / (sums.estimated() + FIRST_GUESS_WEIGHT);
        return Math.min(50, Math.max(0.02, ratio));
    }
}
