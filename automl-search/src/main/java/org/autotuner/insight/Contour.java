package org.autotuner.insight;

import java.util.List;

/**
 * Values over two parameters.
 *
 * @param means mean over all other parameters as the forest of the importance has it, in equal cells: rows from low to
 *     high y, in each the values from low to high x; empty where there is no forest, or
 *     where the parameters are never active together
 * @param points the completed trials in which both parameters are active
 */
public record Contour(Axis x, Axis y, List<List<Double>> means, List<Point> points) {

    /** A trial; places in 0..1. */
    public record Point(int trial, double x, double y, double value) {}

    public Contour {
        means = means.stream().map(List::copyOf).toList();
        points = List.copyOf(points);
    }
}
