package org.autotuner.insight;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.study.Trial;

/**
 * The best value after each trial. Values have the sign of the study's owner.
 *
 * @param points of the completed trials, in number order
 */
public record BestSoFar(List<Point> points) {

    /** A completed trial, its value and the best value up to it. */
    public record Point(int trial, double value, double best) {}

    public BestSoFar {
        points = List.copyOf(points);
    }

    static BestSoFar of(List<Trial> completed, boolean isMaximised) {
        List<Point> points = new ArrayList<>();
        double best = isMaximised ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        for (Trial trial : completed) {
            double value = trial.value().orElseThrow();
            best = isMaximised ? Math.max(best, value) : Math.min(best, value);
            points.add(new Point(trial.number(), value, best));
        }
        return new BestSoFar(points);
    }
}
