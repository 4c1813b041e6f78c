package org.autotuner.study;

import java.util.List;
import java.util.stream.Stream;

/** How a trial ended. */
public sealed interface TrialOutcome {

    /** Seconds from start to end. */
    double seconds();

    /** Its kind in lower case, such as {@code completed}; journals and logs hold it. */
    default String kind() {
        return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * It ran to its end.
     *
     * @param values one per objective, lower is better; never NaN
     * @param violations one per constraint: by how much it is broken, or at most 0 where it holds; never NaN
     */
    record Completed(List<Double> values, List<Double> violations, double seconds) implements TrialOutcome {
        public Completed {
            values = List.copyOf(values);
            violations = List.copyOf(violations);
            if (values.isEmpty()
                    || Stream.concat(values.stream(), violations.stream()).anyMatch(value -> value.isNaN())) {
                throw new IllegalArgumentException(
                        "A completed trial needs values that are numbers: %s, %s.".formatted(values, violations));
            }
        }

        /** Without constraints. */
        public Completed(List<Double> values, double seconds) {
            this(values, List.of(), seconds);
        }

        public Completed(double value, double seconds) {
            this(List.of(value), seconds);
        }

        /** Whether all constraints hold. */
        public boolean isFeasible() {
            return violations.stream().allMatch(violation -> violation <= 0);
        }
    }

    /** Set aside with the chance to go on later; {@code value} is the last reported one. */
    record Paused(double value, double seconds) implements TrialOutcome {}

    /** Stopped early since it did not promise enough; {@code value} is the last reported one. */
    record Pruned(double value, double seconds) implements TrialOutcome {}

    /** It threw, or returned NaN; {@code cause} in words. */
    record Failed(String cause, double seconds) implements TrialOutcome {}

    /** The budget ended or the user cancelled while it ran. */
    record Cancelled(double seconds) implements TrialOutcome {}
}
