package org.autotuner.models.tree;

import java.util.Arrays;
import org.autotuner.models.rounds.FeatureRanges;
import org.autotuner.prepare.FeatureMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Fits the lines of leaves: Newton's step of a whole leaf as a ridge regression on the numeric features on the way to it (de
 * Vito: LinXGBoost, arXiv 1710.03634; LightGBM's {@code linear_tree}). Features are standardised within the leaf, so that the
 * penalty does not depend on their units. Thread-safe.
 */
final class LineFitter {

    /** More features on the way to a leaf than this are left out, those asked first. */
    static final int MOST_FEATURES = 10;

    private static final double LEAST_SPREAD = 1e-9;

    private final float[] cells;
    private final int width;
    private final FeatureRanges ranges;
    private final double l2;

    /**
     * A fitter.
     *
     * @param l2 penalty of standardised slopes
     */
    LineFitter(FeatureMatrix features, double l2) {
        this.cells = features.denseArray();
        this.width = features.width();
        this.ranges = FeatureRanges.of(features);
        this.l2 = l2;
    }

    FeatureRanges ranges() {
        return ranges;
    }

    /** Reads what lines say of some rows. Thread-safe. */
    @FunctionalInterface
    interface Reader {
        /** A line's value for a row, or {@code plain} where a feature is missing. */
        double value(LeafLine line, int row, double plain);
    }

    /** Of the training rows. */
    Reader reader() {
        return (line, row, plain) -> line.value(cells, row * width, ranges, plain);
    }

    /** Of other rows with the same features. */
    Reader reader(FeatureMatrix others) {
        float[] otherCells = others.denseArray();
        return (line, row, plain) -> line.value(otherCells, row * width, ranges, plain);
    }

    /**
     * The line of a leaf.
     *
     * @param asked numeric features on the way to it, the last one first
     * @param rows those of the leaf are {@code rows[from..to)}
     * @param curvature empty if all are 1
     * @param constantL2 added to the curvature of the constant
     * @param rate by which the line is shrunk
     * @return null if there are too few rows, or they determine no line
     */
    @Nullable
    LeafLine fit(
            int[] asked,
            int[] rows,
            int from,
            int to,
            float[] gradient,
            float[] curvature,
            double constantL2,
            double rate) {
        int count = Math.min(MOST_FEATURES, asked.length);
        int[] features = Arrays.copyOf(asked, count);
        double[] means = new double[count];
        double total = 0;
        int complete = 0;
        for (int i = from; i < to; i++) {
            int row = rows[i];
            if (isComplete(features, row)) {
                double weight = curvature.length == 0 ? 1 : curvature[row];
                total += weight;
                complete++;
                for (int j = 0; j < count; j++) {
                    means[j] += weight * cells[row * width + features[j]];
                }
            }
        }
        if (count == 0 || complete < 2 * (count + 1) || !(total > 0)) {
            return null;
        }
        for (int j = 0; j < count; j++) {
            means[j] /= total;
        }
        double[][] products = new double[count][count];
        double[] slopes = new double[count];
        double sum = 0;
        double[] x = new double[count];
        for (int i = from; i < to; i++) {
            int row = rows[i];
            if (!isComplete(features, row)) {
                continue;
            }
            double weight = curvature.length == 0 ? 1 : curvature[row];
            sum += gradient[row];
            for (int j = 0; j < count; j++) {
                x[j] = cells[row * width + features[j]] - means[j];
                slopes[j] -= gradient[row] * x[j];
                double weighted = weight * x[j];
                for (int k = 0; k <= j; k++) {
                    products[j][k] += weighted * x[k];
                }
            }
        }
        double[] spreads = new double[count];
        for (int j = 0; j < count; j++) {
            double spread = Math.sqrt(products[j][j] / total);
            spreads[j] = spread > LEAST_SPREAD * Math.abs(means[j]) ? spread : Double.POSITIVE_INFINITY; // no slope
        }
        for (int j = 0; j < count; j++) {
            for (int k = 0; k <= j; k++) {
                products[j][k] /= spreads[j] * spreads[k];
            }
            products[j][j] += l2;
            slopes[j] /= spreads[j];
        }
        solve(products, slopes);
        double constant = -sum / (total + constantL2);
        for (int j = 0; j < count; j++) {
            slopes[j] /= spreads[j];
            constant -= slopes[j] * means[j];
            slopes[j] *= rate;
        }
        boolean isFinite = Double.isFinite(constant);
        for (double slope : slopes) {
            isFinite &= Double.isFinite(slope);
        }
        return isFinite ? new LeafLine(features, slopes, rate * constant) : null;
    }

    private boolean isComplete(int[] features, int row) {
        for (int feature : features) {
            if (Float.isNaN(cells[row * width + feature])) {
                return false;
            }
        }
        return true;
    }

    /** Solves a positive definite system, of which the lower half is given, in place (Cholesky). */
    private static void solve(double[][] lower, double[] sides) {
        int size = sides.length;
        for (int j = 0; j < size; j++) {
            for (int k = 0; k <= j; k++) {
                double rest = lower[j][k];
                for (int i = 0; i < k; i++) {
                    rest -= lower[j][i] * lower[k][i];
                }
                lower[j][k] = j == k ? Math.sqrt(Math.max(rest, Double.MIN_NORMAL)) : rest / lower[k][k];
            }
        }
        for (int j = 0; j < size; j++) {
            for (int k = 0; k < j; k++) {
                sides[j] -= lower[j][k] * sides[k];
            }
            sides[j] /= lower[j][j];
        }
        for (int j = size - 1; j >= 0; j--) {
            for (int k = j + 1; k < size; k++) {
                sides[j] -= lower[k][j] * sides[k];
            }
            sides[j] /= lower[j][j];
        }
    }
}
