package org.autotuner.models.linear;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.SparseRows;
import org.autotuner.score.Scorer;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/** Weighted sums of the sparse columns per class, and the naive Bayes weights that follow from them. Immutable. */
final class TermMasses {

    private final Task task;
    private final int classes;
    private final int dense;
    private final int width;
    /** Column by column: classes sums each. */
    private final double[] masses;

    private final double[] priors;

    private TermMasses(Task task, int dense, int width, double[] masses, double[] priors) {
        this.task = task;
        this.classes = priors.length;
        this.dense = dense;
        this.width = width;
        this.masses = masses;
        this.priors = priors;
    }

    /** Sums over the rows that {@code counts} accepts; entries below 0 count as 0. */
    static TermMasses of(TrainingData data, IntPredicate counts) {
        FeatureMatrix features = data.features();
        int classes = data.task().labels().size();
        double[] masses = new double[features.sparseWidth() * classes];
        @Nullable SparseRows sparse = features.sparse();
        for (int row = 0; sparse != null && row < features.rows(); row++) {
            if (counts.test(row)) {
                double weight = data.weights().at(row);
                int label = data.target().label(row);
                for (int e = sparse.start(row); e < sparse.end(row); e++) {
                    masses[sparse.index(e) * classes + label] += weight * Math.max(0, sparse.value(e));
                }
            }
        }
        double[] priors = ClassShares.smoothed(data.target(), data.weights(), classes);
        return new TermMasses(data.task(), features.width(), features.sparseWidth(), masses, priors);
    }

    /** Weights column by column: the logarithm of each class's term probability, less the mean over the classes. */
    double[] weights(double smoothing, boolean complement) {
        double[] totals = new double[classes];
        double all = 0;
        for (int i = 0; i < masses.length; i++) {
            totals[i % classes] += masses[i];
            all += masses[i];
        }
        double extra = smoothing * Math.max(all, 1e-12) / Math.max(1, masses.length);
        double[] weights = new double[masses.length];
        for (int column = 0; column < width; column++) {
            int at = column * classes;
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += masses[at + k];
            }
            double mean = 0;
            for (int k = 0; k < classes; k++) {
                double own = complement ? sum - masses[at + k] : masses[at + k];
                double total = complement ? all - totals[k] : totals[k];
                double logarithm = Math.log((Math.max(0, own) + extra) / (Math.max(0, total) + extra * width));
                weights[at + k] = complement ? -logarithm : logarithm;
                mean += weights[at + k] / classes;
            }
            for (int k = 0; k < classes; k++) {
                weights[at + k] -= mean;
            }
        }
        return weights;
    }

    /** A linear scorer: the logarithm of the class shares plus {@code sharpness} times the weighted terms. */
    Scorer scorer(double smoothing, boolean complement, double sharpness) {
        double[] weights = weights(smoothing, complement);
        int outputs = task.outputs();
        double[] parameters = new double[(dense + width + 1) * outputs];
        for (int column = 0; column < width; column++) {
            int from = column * classes;
            int to = (dense + column) * outputs;
            if (outputs == 1) {
                parameters[to] = sharpness * (weights[from + 1] - weights[from]);
            } else {
                for (int k = 0; k < classes; k++) {
                    parameters[to + k] = sharpness * weights[from + k];
                }
            }
        }
        int biases = (dense + width) * outputs;
        if (outputs == 1) {
            parameters[biases] = Math.log(priors[1] / priors[0]);
        } else {
            for (int k = 0; k < classes; k++) {
                parameters[biases + k] = Math.log(priors[k]);
            }
        }
        return new LinearShape(dense, width, task, 0, 1).scorer(parameters);
    }

    /** Per sparse column the logarithm of how much likelier it is in rows of label 1 than of label 0 (two classes). */
    double[] ratios() {
        double[] weights = weights(1, false);
        double[] ratios = new double[width];
        Arrays.setAll(ratios, column -> weights[2 * column + 1] - weights[2 * column]);
        return ratios;
    }
}
