package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;

/**
 * Posterior means of the different configurations of a study, under a Gaussian process fitted once. Evaluations of one
 * configuration count as one of their mean, with so much less noise. Used by one thread.
 */
final class Recommender {

    /** Trials that parameters are fitted to, each time at a cost of their cube. */
    static final int FITTED = 150;

    /** Different configurations that the process holds. */
    static final int HELD = 300;

    private static final int EVALUATIONS = 30;

    /** Noise variance relative to the signal's up to which the best value is believed. */
    private static final double NEGLIGIBLE = 0.005;

    /** Of the held ones, how many are spread over the study. */
    private static final int SPREAD = 60;

    private final Encoding encoding;
    private final List<double[]> rows = new ArrayList<>();
    private final int[] row;
    private final double[] values;
    private final int[] counts;
    private final double[] sums;
    double[] logs;
    private PowerTransform transform;
    private final GaussianProcess process;
    private final int[] held;
    private final double[] means;

    /** @param values finite, lower is better */
    Recommender(SearchSpace space, List<Configuration> configurations, double[] values) {
        this.encoding = new Encoding(space);
        this.values = values;
        this.row = new int[values.length];
        Map<Configuration, Integer> known = new LinkedHashMap<>();
        for (int i = 0; i < row.length; i++) {
            Configuration configuration = configurations.get(i);
            row[i] = known.computeIfAbsent(configuration, key -> {
                rows.add(Covariance.filled(encoding.encode(key)));
                return rows.size() - 1;
            });
        }
        fit(even(values.length, FITTED));
        this.counts = new int[rows.size()];
        this.sums = new double[rows.size()];
        for (int i = 0; i < row.length; i++) {
            counts[row[i]]++;
            sums[row[i]] += transform.apply(values[i]);
        }
        this.process = new GaussianProcess(new Covariance(encoding, logs));
        this.held = held();
        double[] averages = condition(held);
        this.means = process.means(held.length, averages);
    }

    private void fit(int[] sample) {
        List<double[]> known = Arrays.stream(sample).mapToObj(i -> rows.get(row[i])).toList();
        double[] observed = Arrays.stream(sample).mapToDouble(i -> values[i]).toArray();
        ProcessFit fit = new ProcessFit(encoding);
        logs = fit.start();
        double lambda = 1;
        for (int round = 0; round < 2; round++) {
            lambda = fit.exponent(logs, known, observed);
            logs = fit.improve(logs, known, PowerTransform.of(observed, lambda).apply(observed), EVALUATIONS);
        }
        transform = PowerTransform.of(values, lambda);
    }

    /** The configurations that matter: where there are many, those that an even sample of them promises most of. */
    private int[] held() {
        int[] first = even(rows.size(), HELD);
        if (first.length == rows.size()) {
            return first;
        }
        condition(first);
        double[] promised = rows.stream().mapToDouble(process::mean).toArray();
        process.truncate(0);
        return IntStream.concat(
                        Arrays.stream(even(rows.size(), SPREAD)),
                        IntStream.range(0, rows.size())
                                .boxed()
                                .sorted(Comparator.comparingDouble(i -> promised[i]))
                                .mapToInt(Integer::intValue))
                .distinct()
                .limit(HELD)
                .sorted()
                .toArray();
    }

    private double[] condition(int[] chosen) {
        double[] averages = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            process.append(rows.get(chosen[i]), counts[chosen[i]]);
            averages[i] = sums[chosen[i]] / counts[chosen[i]];
        }
        process.condition(averages);
        return averages;
    }

    /** Whether noise is too large to rely on single values. */
    boolean isNoisy() {
        return noise() > NEGLIGIBLE;
    }

    /** Noise variance relative to the signal's. */
    double noise() {
        return process.covariance().noise();
    }

    /** Index of the first evaluation of the configuration with the lowest posterior mean. */
    int best() {
        int lowest = 0;
        for (int i = 1; i < means.length; i++) {
            lowest = means[i] < means[lowest] ? i : lowest;
        }
        int chosen = held[lowest];
        return IntStream.range(0, row.length).filter(i -> row[i] == chosen).findFirst().orElseThrow();
    }

    /** The lowest posterior mean, in the unit of the values. */
    double expected() {
        return transform.inverse(Arrays.stream(means).min().orElseThrow());
    }

    /** Standard deviation of the noise where the posterior mean is lowest, in the unit of the values. */
    double noiseDeviation() {
        double mean = Arrays.stream(means).min().orElseThrow();
        double deviation = process.noiseDeviation();
        return (transform.inverse(mean + deviation) - transform.inverse(mean - deviation)) / 2;
    }

    /** Numbers below n: all, or so many of them at even distances. */
    private static int[] even(int n, int most) {
        return n <= most
                ? IntStream.range(0, n).toArray()
                : IntStream.range(0, most).map(i -> (int) ((i + 0.5) * n / most)).toArray();
    }
}
