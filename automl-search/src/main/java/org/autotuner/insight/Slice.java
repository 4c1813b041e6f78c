package org.autotuner.insight;

import java.util.List;

/**
 * Values against one parameter.
 *
 * @param points the completed trials in which the parameter is active
 * @param means the mean over all other parameters, as the forest of the importance has it; empty where there is none.
 *     For a parameter of a choice, the mean over the options that own it
 */
public record Slice(Axis axis, List<Point> points, List<Mean> means) {

    /** A trial; {@code position} in 0..1. */
    public record Point(int trial, double position, double value) {}

    /** A mean at a position in 0..1. */
    public record Mean(double position, double value) {}

    public Slice {
        points = List.copyOf(points);
        means = List.copyOf(means);
    }
}
