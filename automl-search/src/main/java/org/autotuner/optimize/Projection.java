package org.autotuner.optimize;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.study.Trial;

/**
 * Where trials that were cut short were heading: their last value, changed by as much as the median completed trial
 * changed from the same step to its end. So a first fold that is harder than the others, or epochs that were still to come,
 * do not make them look worse than they are beside completed ones. Where no completed trial had reported by that step, they
 * count as no better than the median of the completed ones. Used by one thread.
 */
final class Projection {

    private final List<Observation> completed;
    private final double middle;
    private final Map<Integer, Double> changes = new HashMap<>();

    Projection(List<Observation> completed) {
        this.completed = completed;
        this.middle = median(completed.stream().mapToDouble(Observation::value).toArray(), Double.NEGATIVE_INFINITY);
    }

    /** The value of a completed trial, else the one it was heading for. */
    double value(Observation one) {
        if (!one.isCut()) {
            return one.value();
        }
        double change = one.reports().isEmpty() ? Double.NaN : changes.computeIfAbsent(one.lastStep(), this::change);
        return Double.isNaN(change) ? Math.max(one.value(), middle) : one.value() + change;
    }

    /** The value that a trial of which this step was the last would be heading for; not a number if nothing tells. */
    double value(Observation one, int step) {
        return lastBy(step, one.reports()) + changes.computeIfAbsent(step, this::change);
    }

    /** The completed trials that this rests on. */
    List<Observation> completed() {
        return completed;
    }

    /** What the median completed trial changed after this step; not a number if none had reported by then. */
    private double change(int step) {
        double[] found = completed.stream()
                .mapToDouble(one -> one.value() - lastBy(step, one.reports()))
                .filter(Double::isFinite)
                .toArray();
        return median(found, Double.NaN);
    }

    private static double lastBy(int step, List<Trial.Report> reports) {
        double last = Double.NaN;
        for (Trial.Report report : reports) {
            if (report.step() > step) {
                break;
            }
            last = report.value();
        }
        return last;
    }

    private static double median(double[] values, double none) {
        Arrays.sort(values);
        return values.length == 0 ? none : values[values.length / 2];
    }
}
