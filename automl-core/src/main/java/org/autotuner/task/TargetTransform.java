package org.autotuner.task;

import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.autotuner.bundle.Node;

/**
 * A strictly increasing change of a real target under which models are trained: errors of a skewed target then weigh
 * alike wherever it lies. Immutable and thread-safe.
 */
public sealed interface TargetTransform permits LogTarget, PowerTarget, QuantileTarget {

    /** The changes that can be fitted. */
    enum Kind {
        /** Its logarithm: {@link LogTarget}. */
        LOG,
        /** The power of it that is most like a normal distribution: {@link PowerTarget}. */
        POWER,
        /** The normal distribution's quantile of its rank: {@link QuantileTarget}. */
        QUANTILE;

        /** Name in configurations and model files. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Kind kind();

    /** The changed value; finite for every finite value. */
    double apply(double value);

    /** The value whose change this is. */
    double undo(double changed);

    /** Writes what {@link #read} expects. */
    void write(Node node);

    /**
     * Fits a change to training values; rows of weight 0 teach nothing.
     *
     * @param target real values, at least one with a weight above 0
     */
    static TargetTransform fit(Kind kind, Target target, Weights weights) {
        IntPredicate counts = row -> weights.at(row) > 0;
        double[] sorted = IntStream.range(0, target.size())
                .filter(counts)
                .mapToDouble(target::value)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("No row has a weight above 0.");
        }
        return switch (kind) {
            case LOG -> LogTarget.fit(sorted);
            case POWER -> PowerTarget.fit(sorted);
            case QUANTILE -> QuantileTarget.fit(sorted);
        };
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws org.autotuner.error.BundleException if it is damaged
     */
    static TargetTransform read(Node node) {
        String kind = node.text("kind");
        return switch (kind) {
            case "log" -> LogTarget.read(node);
            case "power" -> PowerTarget.read(node);
            case "quantile" -> QuantileTarget.read(node);
            default -> throw node.wrong("kind", "is '%s', which is no change of a target".formatted(kind));
        };
    }
}
