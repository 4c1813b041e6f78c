package org.autotuner.optimize;

import java.util.Arrays;

/**
 * How alike two vectors are: Matern-5/2 over numbers with one length each, times exp(-weight) per differing category.
 * Off their path numbers stand at the middle, so that two branches differ by the choice and by what is chosen in each.
 * Parameters are logarithms: one length per number or weight per category, and last the noise variance relative to the
 * signal's. Immutable.
 */
final class Covariance {

    private static final double SQRT5 = Math.sqrt(5);

    private final double[] logs;
    private final double[] weights;
    private final int[] numbers;
    private final int[] categories;

    Covariance(Encoding encoding, double[] logs) {
        this.logs = logs.clone();
        this.numbers = indices(encoding, false);
        this.categories = indices(encoding, true);
        this.weights = new double[encoding.size()];
        for (int d : numbers) {
            weights[d] = Math.exp(-2 * logs[d]);
        }
        for (int d : categories) {
            weights[d] = Math.exp(logs[d]);
        }
    }

    private static int[] indices(Encoding encoding, boolean areCategories) {
        return encoding.dimensions().stream()
                .filter(dimension -> dimension.isCategory() == areCategories)
                .mapToInt(Dimension::index)
                .toArray();
    }

    double noise() {
        return Math.exp(logs[logs.length - 1]);
    }

    /** A vector with numbers for the coordinates that are not active. */
    static double[] filled(double[] vector) {
        double[] filled = vector.clone();
        for (int d = 0; d < filled.length; d++) {
            filled[d] = Double.isNaN(filled[d]) ? 0.5 : filled[d];
        }
        return filled;
    }

    double of(double[] a, double[] b) {
        double r = distance(a, b);
        return (1 + r + r * r / 3) * Math.exp(-r - mismatch(a, b));
    }

    /** Of the numbers, in lengths, as Matern-5/2 takes it. */
    private double distance(double[] a, double[] b) {
        double squares = 0;
        for (int d : numbers) {
            double difference = a[d] - b[d];
            squares += weights[d] * difference * difference;
        }
        return SQRT5 * Math.sqrt(squares);
    }

    /** Sum of the weights of the categories that differ. */
    private double mismatch(double[] a, double[] b) {
        double sum = 0;
        for (int d : categories) {
            sum += a[d] == b[d] ? 0 : weights[d];
        }
        return sum;
    }

    /** Adds {@code factor} times the derivatives of {@link #of} by the log parameters (without noise) to {@code to}. */
    void addByParameters(double[] a, double[] b, double factor, double[] to) {
        double r = distance(a, b);
        double decay = factor * Math.exp(-r - mismatch(a, b));
        double byLength = 5.0 / 3 * (1 + r) * decay;
        double value = (1 + r + r * r / 3) * decay;
        for (int d : numbers) {
            double difference = a[d] - b[d];
            to[d] += byLength * weights[d] * difference * difference;
        }
        for (int d : categories) {
            to[d] -= a[d] == b[d] ? 0 : weights[d] * value;
        }
    }

    /** Adds two multiples of the derivatives of {@link #of} by the numbers of {@code a} to two gradients. */
    void addByNumbers(
            double[] a, double[] b, double factor, double otherFactor, double[] gradient, double[] otherGradient) {
        double r = distance(a, b);
        double scale = -5.0 / 3 * (1 + r) * Math.exp(-r - mismatch(a, b));
        for (int d : numbers) {
            double part = scale * weights[d] * (a[d] - b[d]);
            gradient[d] += factor * part;
            otherGradient[d] += otherFactor * part;
        }
    }

    /** The lengths of numbers, cut to 0.2..5 times their geometric mean; 1 for categories. */
    double[] relativeLengths() {
        double sum = 0;
        for (int d : numbers) {
            sum += logs[d];
        }
        double[] lengths = new double[weights.length];
        Arrays.fill(lengths, 1);
        for (int d : numbers) {
            lengths[d] = Math.min(5, Math.max(0.2, Math.exp(logs[d] - sum / numbers.length)));
        }
        return lengths;
    }
}
