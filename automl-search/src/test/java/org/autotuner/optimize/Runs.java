package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;

/** Studies by hand, and the statistics that several tests need. */
final class Runs {

    private Runs() {}

    static Trial completed(int number, Configuration configuration, double value) {
        return Trial.running(number, configuration).withOutcome(new TrialOutcome.Completed(value, 0.1));
    }

    static List<Trial> minimize(
            Optimizer optimizer, SearchSpace space, ToDoubleFunction<Configuration> loss, int count, long seed) {
        OptimizerSession session = optimizer.open(space, seed);
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Configuration proposed =
                    session.propose(number, TrialHistory.of(trials)).orElseThrow();
            trials.add(completed(number, proposed, loss.applyAsDouble(proposed)));
        }
        return trials;
    }

    static double best(List<Trial> trials) {
        return trials.stream()
                .mapToDouble(trial -> trial.value().orElse(Double.POSITIVE_INFINITY))
                .min()
                .orElseThrow();
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Pearson's statistic divided by the value that chance exceeds at this rate: above 1 is no chance. */
    static double chiSquare(long[] counts, double[] probabilities, double falseAlarmRate) {
        long total = Arrays.stream(counts).sum();
        double statistic = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = total * probabilities[i];
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        return statistic
                / new ChiSquaredDistribution(counts.length - 1.0).inverseCumulativeProbability(1 - falseAlarmRate);
    }

    /** The derivative of a function by one coordinate of a point, by central differences. */
    static double slope(ToDoubleFunction<double[]> function, double[] point, int coordinate, double step) {
        double[] above = point.clone();
        double[] below = point.clone();
        above[coordinate] += step;
        below[coordinate] -= step;
        return (function.applyAsDouble(above) - function.applyAsDouble(below)) / (2 * step);
    }
}
