package org.autotuner.evaluate;

import org.autotuner.bundle.Node;

/**
 * How much a vector, such as that of a text, resembles those of training. Two scores: the Mahalanobis distance to the nearest
 * class in all directions (Lee et al. 2018, arXiv 1807.03888), and the distance relative to that from training rows as a whole
 * (Ren et al. 2021, arXiv 2106.09022) in the directions in which classes differ most. Made by {@link FamiliarityFit}. Immutable and
 * thread-safe.
 */
public final class Familiarity {

    private final int width;
    private final int directions;
    private final double[] mean;
    /** Directions x width, in which rows vary by 1 within a class. */
    private final float[] projection;
    /** Lower triangle, row by row, that makes vary by 1 in all directions within a class. */
    private final float[] whitening;
    /** Classes x directions. */
    private final float[] centres;
    /** Variance of all rows in each direction, at least 1. */
    private final double[] spread;

    Familiarity(int width, double[] mean, float[] projection, float[] whitening, float[] centres, double[] spread) {
        this.width = width;
        this.directions = spread.length;
        this.mean = mean;
        this.projection = projection;
        this.whitening = whitening;
        this.centres = centres;
        this.spread = spread;
    }

    /** Length of a vector. */
    public int width() {
        return width;
    }

    /** Number of directions in which classes are told apart. */
    int directions() {
        return directions;
    }

    /**
     * Both scores, larger for what is more familiar.
     *
     * @param relative how much nearer the nearest class is than training rows as a whole
     * @param absolute how near the nearest class is, at most 0
     */
    public record Score(double relative, double absolute) {}

    /**
     * How familiar a vector is.
     *
     * @param vectors holds a vector of {@link #width()} numbers from {@code at} on
     */
    public Score score(float[] vectors, int at) {
        double[] x = new double[width];
        for (int c = 0; c < width; c++) {
            x[c] = vectors[at + c] - mean[c];
        }
        double[] z = new double[directions];
        double background = 0;
        double inside = 0;
        for (int k = 0; k < directions; k++) {
            double sum = 0;
            for (int c = 0; c < width; c++) {
                sum += projection[k * width + c] * x[c];
            }
            z[k] = sum;
            inside += sum * sum;
            background += sum * sum / spread[k];
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (int from = 0; from < centres.length; from += directions) {
            double distance = 0;
            for (int k = 0; k < directions; k++) {
                double difference = z[k] - centres[from + k];
                distance += difference * difference;
            }
            nearest = Math.min(nearest, distance);
        }
        double outside = Math.max(0, squaredLength(x) - inside);
        return new Score(background - nearest, -(nearest + outside));
    }

    private double squaredLength(double[] x) {
        double squares = 0;
        for (int row = 0, at = 0; row < width; row++) {
            double sum = 0;
            for (int c = 0; c <= row; c++) {
                sum += whitening[at++] * x[c];
            }
            squares += sum * sum;
        }
        return squares;
    }

    void write(Node node) {
        node.put("width", width)
                .put("mean", mean)
                .put("projection", projection)
                .put("whitening", whitening)
                .put("centres", centres)
                .put("spread", spread);
    }

    /** Reads what {@link #write} wrote. */
    static Familiarity read(Node node) {
        int width = node.integer("width", 1, 1 << 16);
        double[] mean = node.doubles("mean");
        float[] projection = node.floats("projection");
        float[] whitening = node.floats("whitening");
        float[] centres = node.floats("centres");
        double[] spread = node.doubles("spread");
        if (mean.length != width) {
            throw node.wrong("mean", "has %d numbers instead of %d".formatted(mean.length, width));
        }
        if (spread.length == 0 || spread.length > width) {
            throw node.wrong("spread", "has %d numbers for vectors of %d".formatted(spread.length, width));
        }
        if (projection.length != (long) spread.length * width) {
            throw node.wrong(
                    "projection",
                    "has %d numbers instead of %d".formatted(projection.length, (long) spread.length * width));
        }
        if (whitening.length != width * (width + 1L) / 2) {
            throw node.wrong("whitening", "has %d numbers for vectors of %d".formatted(whitening.length, width));
        }
        if (centres.length == 0 || centres.length % spread.length != 0) {
            throw node.wrong("centres", "has %d numbers, no multiple of %d".formatted(centres.length, spread.length));
        }
        for (double value : spread) {
            if (!(value >= 1 && value < Double.POSITIVE_INFINITY)) {
                throw node.wrong("spread", "holds " + value);
            }
        }
        for (double value : mean) {
            if (!Double.isFinite(value)) {
                throw node.wrong("mean", "holds " + value);
            }
        }
        checkFinite(node, "projection", projection);
        checkFinite(node, "whitening", whitening);
        checkFinite(node, "centres", centres);
        return new Familiarity(width, mean, projection, whitening, centres, spread);
    }

    private static void checkFinite(Node node, String name, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw node.wrong(name, "holds " + value);
            }
        }
    }
}
