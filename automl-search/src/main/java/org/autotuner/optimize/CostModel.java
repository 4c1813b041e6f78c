package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.optimize.Observations.State;
import org.jspecify.annotations.Nullable;

/**
 * How long a trial would take: a Gaussian process over the logarithm of the seconds of ended trials, and how much that
 * counts. Dividing the expected improvement by the cost finds cheap good trials first; the exponent cools from 1 to 0 as
 * the time is used up, so that the dear ones get their turn (Lee and others: Cost-aware Bayesian Optimization, arXiv
 * 2003.10870). Where durations differ little it counts for nothing. Used by one thread.
 */
final class CostModel implements Penalty {

    /** Ninth to first decile of the seconds from which on costs count. */
    private static final double DIFFERENT = 3;

    private static final int FEWEST = 5;
    private static final double SHORTEST_SECONDS = 1e-4;

    private final Encoding encoding;
    private final ProcessFit fit;
    private final double totalSeconds;
    private double[] logs;
    private int fittedAt;
    private @Nullable GaussianProcess process;
    private double exponent;
    private double scale = 1;
    private final double[] meanGradient;

    /** @param totalSeconds of all trials together that the budget allows */
    CostModel(Encoding encoding, double totalSeconds) {
        this.encoding = encoding;
        this.totalSeconds = totalSeconds;
        this.fit = new ProcessFit(encoding);
        this.logs = fit.start();
        this.meanGradient = new double[encoding.size()];
    }

    /** Learns from the trials that ran to their end. */
    void learn(Observations observations) {
        List<double[]> rows = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        double spent = 0;
        for (Observation one : observations.all()) {
            spent += one.seconds();
            if (one.state() == State.COMPLETED) {
                rows.add(Covariance.filled(one.vector()));
                seconds.add(Math.log(Math.max(SHORTEST_SECONDS, one.seconds())));
            }
        }
        double left = Math.max(0, 1 - spent / totalSeconds);
        exponent = areDifferent(seconds) ? left : 0;
        if (exponent > 0) {
            condition(rows, seconds.stream().mapToDouble(value -> value).toArray());
        }
    }

    private static boolean areDifferent(List<Double> logSeconds) {
        if (logSeconds.size() < FEWEST) {
            return false;
        }
        double[] sorted =
                logSeconds.stream().mapToDouble(value -> value).sorted().toArray();
        int last = sorted.length - 1;
        return sorted[(int) Math.round(0.9 * last)] - sorted[(int) Math.round(0.1 * last)] > Math.log(DIFFERENT);
    }

    private void condition(List<double[]> rows, double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = 0;
        for (double value : values) {
            variance += (value - mean) * (value - mean) / values.length;
        }
        scale = Math.max(1e-6, Math.sqrt(variance));
        double[] standardised =
                Arrays.stream(values).map(value -> (value - mean) / scale).toArray();
        if (rows.size() >= fittedAt + Math.max(1, fittedAt / 4)) {
            logs = fit.improve(logs, rows, standardised, 10);
            fittedAt = rows.size();
        }
        GaussianProcess made = new GaussianProcess(new Covariance(encoding, logs));
        rows.forEach(made::append);
        made.condition(standardised);
        process = made;
    }

    /** What is taken from the logarithm of the expected improvement at a vector of numbers, up to a constant. */
    @Override
    public double penalty(double[] at) {
        return process == null || exponent == 0 ? 0 : exponent * scale * process.mean(at);
    }

    @Override
    public double penalty(double[] at, double[] gradient) {
        if (process == null || exponent == 0) {
            return 0;
        }
        double mean = process.mean(at, meanGradient);
        for (int d = 0; d < gradient.length; d++) {
            gradient[d] += exponent * scale * meanGradient[d];
        }
        return exponent * scale * mean;
    }
}
