package org.autotuner;

import java.util.List;
import java.util.stream.Stream;
import org.autotuner.study.RunningTrial;

/** An objective as a study sees it: one or several values, lower is better, and by how much constraints are broken. */
@FunctionalInterface
interface Evaluation {

    /** What a trial came to; numbers may be NaN, and the trial has failed then. */
    record Measured(List<Double> values, List<Double> violations) {
        boolean isNumber() {
            return Stream.concat(values.stream(), violations.stream()).noneMatch(value -> value.isNaN());
        }
    }

    Measured of(RunningTrial trial) throws Exception;

    static Evaluation of(Objective objective, boolean isMaximised) {
        return trial -> {
            double value = objective.evaluate(trial);
            return new Measured(List.of(isMaximised ? 0.0 - value : value), List.of());
        };
    }
}
