package org.autotuner.optimize;

/**
 * How alike two vectors are: Matern-5/2 over numbers with one length each, times exp(-weight) per differing category.
 * Off their path numbers stand at the middle, so that two branches differ by the choice and by what is chosen in each.
 * Parameters are logarithms: one length per number or weight per category, and last the noise variance relative to the
 * signal's. Immutable.
 */
final class Covariance {

    private static final double SQRT5 = Math.sqrt(5);

    private final Encoding encoding;
    private final double[] logs;
    private final double[] weights;
    private final boolean[] isCategory;

    Covariance(Encoding encoding, double[] logs) {
        this.encoding = encoding;
        this.logs = logs.clone();
        int size = encoding.size();
        this.weights = new double[size];
        this.isCategory = new boolean[size];
        for (int d = 0; d < size; d++) {
            isCategory[d] = encoding.dimension(d).isCategory();
            weights[d] = Math.exp(isCategory[d] ? logs[d] : -2 * logs[d]);
        }
    }

    double[] logs() {
        return logs;
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
        double squares = 0;
        double categories = 0;
        for (int d = 0; d < weights.length; d++) {
            if (isCategory[d]) {
                categories += a[d] == b[d] ? 0 : weights[d];
            } else {
                double difference = a[d] - b[d];
                squares += weights[d] * difference * difference;
            }
        }
        double r = SQRT5 * Math.sqrt(squares);
        return (1 + r + r * r / 3) * Math.exp(-r - categories);
    }

    /** Adds {@code factor} times the derivatives of {@link #of} by the log parameters (without noise) to {@code to}. */
    void addByParameters(double[] a, double[] b, double factor, double[] to) {
        double squares = 0;
        double categories = 0;
        for (int d = 0; d < weights.length; d++) {
            if (isCategory[d]) {
                categories += a[d] == b[d] ? 0 : weights[d];
            } else {
                double difference = a[d] - b[d];
                squares += weights[d] * difference * difference;
            }
        }
        double r = SQRT5 * Math.sqrt(squares);
        double decay = factor * Math.exp(-r - categories);
        double byLength = 5.0 / 3 * (1 + r) * decay;
        double value = (1 + r + r * r / 3) * decay;
        for (int d = 0; d < weights.length; d++) {
            if (isCategory[d]) {
                to[d] -= a[d] == b[d] ? 0 : weights[d] * value;
            } else {
                double difference = a[d] - b[d];
                to[d] += byLength * weights[d] * difference * difference;
            }
        }
    }

    /** Adds two multiples of the derivatives of {@link #of} by the numbers of {@code a} to two gradients. */
    void addByNumbers(
            double[] a, double[] b, double factor, double otherFactor, double[] gradient, double[] otherGradient) {
        double squares = 0;
        double categories = 0;
        for (int d = 0; d < weights.length; d++) {
            if (isCategory[d]) {
                categories += a[d] == b[d] ? 0 : weights[d];
            } else {
                double difference = a[d] - b[d];
                squares += weights[d] * difference * difference;
            }
        }
        double r = SQRT5 * Math.sqrt(squares);
        double scale = -5.0 / 3 * (1 + r) * Math.exp(-r - categories);
        for (int d = 0; d < weights.length; d++) {
            if (!isCategory[d]) {
                double part = scale * weights[d] * (a[d] - b[d]);
                gradient[d] += factor * part;
                otherGradient[d] += otherFactor * part;
            }
        }
    }

    /** The lengths of numbers, cut to 0.2..5 times their geometric mean; 1 for categories. */
    double[] relativeLengths() {
        double sum = 0;
        int count = 0;
        for (int d = 0; d < weights.length; d++) {
            if (!isCategory[d]) {
                sum += logs[d];
                count++;
            }
        }
        double[] lengths = new double[weights.length];
        for (int d = 0; d < weights.length; d++) {
            lengths[d] = isCategory[d] ? 1 : Math.min(5, Math.max(0.2, Math.exp(logs[d] - sum / count)));
        }
        return lengths;
    }

    Encoding encoding() {
        return encoding;
    }
}
