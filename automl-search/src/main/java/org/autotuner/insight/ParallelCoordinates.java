package org.autotuner.insight;

import java.util.List;

/**
 * Completed trials as lines over the axes of all parameters.
 *
 * @param axes the most important parameter first where that is known
 * @param lines in number order
 */
public record ParallelCoordinates(List<Axis> axes, List<Line> lines) {

    /**
     * One trial.
     *
     * @param positions 0..1 per axis; not a number where the parameter is not active
     */
    public record Line(int trial, List<Double> positions, double value) {
        public Line {
            positions = List.copyOf(positions);
        }
    }

    public ParallelCoordinates {
        axes = List.copyOf(axes);
        lines = List.copyOf(lines);
    }
}
