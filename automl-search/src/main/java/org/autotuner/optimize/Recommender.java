package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;

/**
 * Posterior means of the different configurations of a study, under a Gaussian process fitted once. Evaluations of one
 * configuration count as one of their mean, with so much less noise. Used by one thread.
 */
final class Recommender {

    /** Trials that parameters are fitted to, each time at a cost of their cube. */
    static final int FITTED = 200;

    /** Different configurations that the process holds. */
    static final int HELD = 300;

    /** Of the held ones, how many are spread over the study. */
    private static final int SPREAD = 60;

    private static final int EVALUATIONS = 30;

    /** Noise variance relative to the signal's up to which values are believed. */
    static final double NEGLIGIBLE = 1e-4;

    /**
     * By how many deviations of their difference a configuration must lie below the observed best to be preferred: then it
     * is better with a probability of 0.77, if the process is right. As measured over noisy objectives, of what half a
     * deviation changes a third is changed for the worse, and the mean regret is the same.
     */
    private static final double CLEARLY = 0.75;

    private final List<double[]> rows = new ArrayList<>();
    private final int[] group;
    private final Repetitions repetitions = new Repetitions();
    private final PowerTransform transform;
    private final GaussianProcess process;
    private final int best;
    private final double expected;

    /**
     * @param values finite, lower is better
     * @param observedBest index of the lowest one
     */
    Recommender(SearchSpace space, List<Configuration> configurations, double[] values, int observedBest) {
        Encoding encoding = new Encoding(space);
        List<double[]> vectors = configurations.stream()
                .map(configuration -> Covariance.filled(encoding.encode(configuration)))
                .toList();
        int[] sample = even(values.length, FITTED);
        List<double[]> known = Arrays.stream(sample).mapToObj(vectors::get).toList();
        double[] observed = Arrays.stream(sample).mapToDouble(i -> values[i]).toArray();
        ProcessFit fit = new ProcessFit(encoding);
        double[] logs = fit.start();
        double lambda = 1;
        for (int round = 0; round < 2; round++) {
            lambda = fit.exponent(logs, known, observed);
            logs = fit.improve(logs, known, PowerTransform.of(observed, lambda).apply(observed), EVALUATIONS);
        }
        transform = PowerTransform.of(values, lambda);
        process = new GaussianProcess(new Covariance(encoding, logs));
        group = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            group[i] = repetitions.add(vectors.get(i), transform.apply(values[i]));
            if (group[i] == rows.size()) {
                rows.add(vectors.get(i));
            }
        }
        int own = group[observedBest];
        int[] held = held(own);
        condition(held);
        int lowest = Arrays.stream(held)
                .boxed()
                .min(Comparator.comparingDouble(this::mean))
                .orElseThrow();
        double deviation = process.differenceDeviation(rows.get(lowest), rows.get(own));
        best = mean(own) - mean(lowest) > CLEARLY * deviation ? lowest : own;
        expected = mean(best);
    }

    /** The configurations that matter: of many the observed best and those that an even sample promises most of. */
    private int[] held(int observedBest) {
        int[] first = even(rows.size(), HELD);
        if (first.length == rows.size()) {
            return first;
        }
        condition(first);
        double[] promised = rows.stream().mapToDouble(process::mean).toArray();
        process.truncate(0);
        IntStream kept = IntStream.concat(IntStream.of(observedBest), Arrays.stream(even(rows.size(), SPREAD)));
        IntStream promising = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> promised[i]))
                .mapToInt(Integer::intValue);
        return IntStream.concat(kept, promising).distinct().limit(HELD).sorted().toArray();
    }

    private void condition(int[] chosen) {
        for (int i : chosen) {
            process.append(rows.get(i), repetitions.count(i));
        }
        process.condition(Arrays.stream(chosen).mapToDouble(repetitions::mean).toArray());
    }

    private double mean(int row) {
        return process.mean(rows.get(row));
    }

    /** Whether noise is too large to rely on single values. */
    boolean isNoisy() {
        return repetitions.allowNoise(process, NEGLIGIBLE);
    }

    /** Index of the first evaluation of the recommended configuration. */
    int best() {
        return IntStream.range(0, group.length)
                .filter(i -> group[i] == best)
                .findFirst()
                .orElseThrow();
    }

    /** Its posterior mean, in the unit of the values. */
    double expected() {
        return transform.inverse(expected);
    }

    /** Standard deviation of a single value of it, in the unit of the values. */
    double noiseDeviation() {
        double deviation = process.noiseDeviation();
        return (transform.inverse(expected + deviation) - transform.inverse(expected - deviation)) / 2;
    }

    /** Numbers below n: all, or so many of them at even distances. */
    private static int[] even(int n, int most) {
        return n <= most
                ? IntStream.range(0, n).toArray()
                : IntStream.range(0, most)
                        .map(i -> (int) ((i + 0.5) * n / most))
                        .toArray();
    }
}
