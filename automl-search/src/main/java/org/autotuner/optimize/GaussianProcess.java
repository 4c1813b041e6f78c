package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.List;

/**
 * A Gaussian process posterior over vectors (Rasmussen, Williams: Gaussian Processes for Machine Learning, 2006,
 * algorithm 2.1), with a constant mean and the signal's variance at their most probable values given an inverse gamma
 * prior. Rows can be appended without new values to the kernel's parameters. Mutable; used by one thread.
 */
final class GaussianProcess {

    /** Shape and scale of the inverse gamma prior of the signal's variance, in the unit of standardised values. */
    static final double PRIOR = 1;

    /** Added to the noise, so that equal rows can be told apart. */
    private static final double JITTER = 1e-6;

    private final Covariance covariance;
    private final List<double[]> rows = new ArrayList<>();
    private final List<Double> ownNoise = new ArrayList<>();
    private final Triangle triangle = new Triangle();
    private double[] weights = new double[0];
    private double mean;
    private double variance = 1;
    private double[] scratch = new double[0];
    private double[] half = new double[0];

    GaussianProcess(Covariance covariance) {
        this.covariance = covariance;
    }

    Covariance covariance() {
        return covariance;
    }

    int size() {
        return rows.size();
    }

    /** Adds a row, all coordinates numbers; {@link #condition} must follow before anything is asked. */
    void append(double[] row) {
        append(row, 1);
    }

    /** As {@link #append(double[])}, for a row whose value is the mean of so many evaluations. */
    void append(double[] row, int evaluations) {
        add(row, covariance.noise() / evaluations + JITTER);
    }

    /**
     * As {@link #append(double[])}, for a row whose value is less certain than others.
     *
     * @param uncertainty variance beside the noise, in that of the signal
     */
    void appendUncertain(double[] row, double uncertainty) {
        add(row, covariance.noise() + JITTER + uncertainty);
    }

    private void add(double[] row, double own) {
        double[] with = new double[rows.size() + 1];
        for (int i = 0; i < rows.size(); i++) {
            with[i] = covariance.of(row, rows.get(i));
        }
        with[rows.size()] = 1 + own;
        rows.add(row);
        ownNoise.add(own);
        triangle.append(with);
        scratch = new double[rows.size()];
        half = new double[rows.size()];
    }

    /** Forgets all rows after the first ones. */
    void truncate(int to) {
        while (rows.size() > to) {
            ownNoise.remove(rows.size() - 1);
            rows.remove(rows.size() - 1);
        }
        triangle.truncate(to);
        scratch = new double[rows.size()];
        half = new double[rows.size()];
    }

    /** Sets the values of all rows, standardised, lower is better. */
    void condition(double[] values) {
        int n = rows.size();
        double[] ones = new double[n];
        java.util.Arrays.fill(ones, 1);
        double[] byOnes = triangle.solve(ones);
        double top = 0;
        double bottom = 1; // the mean has a standard normal prior
        for (int i = 0; i < n; i++) {
            top += byOnes[i] * values[i];
            bottom += byOnes[i];
        }
        mean = top / bottom;
        double[] centred = new double[n];
        for (int i = 0; i < n; i++) {
            centred[i] = values[i] - mean;
        }
        weights = triangle.solve(centred);
        double quadratic = 2 * PRIOR + mean * mean;
        for (int i = 0; i < n; i++) {
            quadratic += centred[i] * weights[i];
        }
        variance = quadratic / (n + 2 * PRIOR);
    }

    /** Posterior means at the first rows, without asking the kernel again: the values less their share of noise. */
    double[] means(int count, double[] values) {
        double[] means = new double[count];
        for (int i = 0; i < count; i++) {
            means[i] = values[i] - ownNoise.get(i) * weights[i];
        }
        return means;
    }

    double mean(double[] at) {
        double sum = mean;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * covariance.of(at, rows.get(i));
        }
        return sum;
    }

    /** As {@link #mean(double[])}, with its gradient by the numbers of the vector; costs much less than the deviation. */
    double mean(double[] at, double[] gradient) {
        java.util.Arrays.fill(gradient, 0);
        for (int i = 0; i < weights.length; i++) {
            covariance.addByNumbers(at, rows.get(i), weights[i], 0, gradient, gradient);
        }
        return mean(at);
    }

    /** Mean and deviation of the noise-free function at a vector of numbers. */
    void predict(double[] at, double[] meanAndDeviation) {
        int n = rows.size();
        double sum = mean;
        for (int i = 0; i < n; i++) {
            scratch[i] = covariance.of(at, rows.get(i));
            sum += weights[i] * scratch[i];
        }
        triangle.halfSolve(scratch, half);
        double explained = 0;
        for (int i = 0; i < n; i++) {
            explained += half[i] * half[i];
        }
        meanAndDeviation[0] = sum;
        meanAndDeviation[1] = Math.sqrt(variance * Math.max(1e-12, 1 - explained));
    }

    /** As {@link #predict}, with the gradients by the numbers of the vector. */
    void predict(double[] at, double[] meanAndDeviation, double[] meanGradient, double[] deviationGradient) {
        predict(at, meanAndDeviation);
        double[] solved = triangle.transposed(half);
        java.util.Arrays.fill(meanGradient, 0);
        java.util.Arrays.fill(deviationGradient, 0);
        for (int i = 0; i < rows.size(); i++) {
            covariance.addByNumbers(at, rows.get(i), weights[i], solved[i], meanGradient, deviationGradient);
        }
        double scale = -variance / meanAndDeviation[1];
        for (int d = 0; d < deviationGradient.length; d++) {
            deviationGradient[d] *= scale;
        }
    }

    /** Deviation of the difference of the noise-free function at two vectors of numbers. */
    double differenceDeviation(double[] a, double[] b) {
        double[] differences = new double[rows.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = covariance.of(a, rows.get(i)) - covariance.of(b, rows.get(i));
        }
        triangle.halfSolve(differences, half);
        double explained = 0;
        for (double part : half) {
            explained += part * part;
        }
        return Math.sqrt(variance * Math.max(0, 2 - 2 * covariance.of(a, b) - explained));
    }

    /** Deviation of the noise, in the unit of standardised values. */
    double noiseDeviation() {
        return Math.sqrt(variance * covariance.noise());
    }

    /**
     * Negative logarithm of the likelihood of the last values (with mean and variance at their best), and its gradient
     * by the log parameters.
     */
    double negativeLogLikelihood(double[] gradient) {
        int n = rows.size();
        double[][] inverse = triangle.inverseProduct();
        java.util.Arrays.fill(gradient, 0);
        double noise = covariance.noise();
        double byNoise = 0;
        for (int i = 0; i < n; i++) {
            double[] own = rows.get(i);
            double[] row = inverse[i];
            for (int j = 0; j < i; j++) {
                covariance.addByParameters(own, rows.get(j), row[j] - weights[i] * weights[j] / variance, gradient);
            }
            byNoise += row[i] - weights[i] * weights[i] / variance;
        }
        gradient[gradient.length - 1] = 0.5 * noise * byNoise;
        return negativeLogLikelihood();
    }

    /** Negative logarithm of the likelihood of the last values, up to a constant. */
    double negativeLogLikelihood() {
        return 0.5 * (rows.size() + 2 * PRIOR) * Math.log(variance) + 0.5 * triangle.logDeterminant();
    }
}
