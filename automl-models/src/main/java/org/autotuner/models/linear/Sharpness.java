package org.autotuner.models.linear;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.SparseRows;
import org.autotuner.task.Weights;
import org.jspecify.annotations.Nullable;

/**
 * By how much naive Bayes margins are to be multiplied for the least log loss on some rows, of which as good as one more is taken to
 * be wrong (Platt 1999): that all were right does not make anything certain.
 */
final class Sharpness {

    /** Bounds of the mean distance of a row's highest and lowest margin: no certainty without end where all were right. */
    private static final double NEAREST = 0.05;

    private static final double FARTHEST = 30;
    private static final int HALVINGS = 40;
    private static final int MOST_ROWS = 5_000;

    private Sharpness() {}

    /**
     * The factor of least log loss.
     *
     * @param weights sparse columns x classes
     * @param counts which rows to measure on; the weights should have been learned on others
     */
    static double of(TrainingData data, double[] weights, IntPredicate counts) {
        int classes = data.task().labels().size();
        int[] rows =
                IntStream.range(0, data.rows()).filter(counts).limit(MOST_ROWS).toArray();
        double[] priors = ClassShares.smoothed(data.target(), data.weights(), classes);
        Arrays.setAll(priors, k -> Math.log(priors[k]));
        double[][] margins = new double[rows.length][classes];
        @Nullable SparseRows sparse = data.features().sparse();
        for (int i = 0; sparse != null && i < rows.length; i++) {
            for (int e = sparse.start(rows[i]); e < sparse.end(rows[i]); e++) {
                int at = sparse.index(e) * classes;
                for (int k = 0; k < classes; k++) {
                    margins[i][k] += sparse.value(e) * weights[at + k];
                }
            }
        }
        // The loss is convex in the factor: halve the interval by the sign of its slope, on a logarithmic scale.
        double distance = distance(margins);
        if (!(distance > 0)) {
            return 1;
        }
        double low = Math.log(NEAREST / distance);
        double high = Math.log(FARTHEST / distance);
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (slope(data, rows, margins, priors, Math.exp(middle)) > 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.exp((low + high) / 2);
    }

    private static double distance(double[][] margins) {
        double sum = 0;
        for (double[] row : margins) {
            sum += Arrays.stream(row).max().orElse(0) - Arrays.stream(row).min().orElse(0);
        }
        return sum / Math.max(1, margins.length);
    }

    private static double slope(TrainingData data, int[] rows, double[][] margins, double[] priors, double factor) {
        Weights weights = data.weights();
        double wrong = 1.0 / (rows.length + 2);
        double slope = 0;
        double[] p = new double[priors.length];
        for (int i = 0; i < rows.length; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < p.length; k++) {
                p[k] = priors[k] + factor * margins[i][k];
                largest = Math.max(largest, p[k]);
            }
            double sum = 0;
            double expected = 0;
            for (int k = 0; k < p.length; k++) {
                double e = Math.exp(p[k] - largest);
                sum += e;
                expected += e * margins[i][k];
            }
            double own = margins[i][data.target().label(rows[i])];
            double others = (Arrays.stream(margins[i]).sum() - own) / (p.length - 1);
            slope += weights.at(rows[i]) * (expected / sum - (1 - wrong) * own - wrong * others);
        }
        return slope;
    }
}
