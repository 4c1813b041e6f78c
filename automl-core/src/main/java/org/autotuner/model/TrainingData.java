package org.autotuner.model;

import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.score.Scorer;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.jspecify.annotations.Nullable;

/**
 * What a family is fitted on. Immutable and thread-safe.
 *
 * @param validation rows on which an iterative family traces its error per round; null when it must train for the
 *     number of steps that the context gives
 * @param derivations of these rows, the validation rows not among them
 */
public record TrainingData(
        Task task,
        FeatureMatrix features,
        Target target,
        Weights weights,
        @Nullable TrainingData validation,
        Derivations derivations) {

    public TrainingData {
        if (features.rows() != target.size()) {
            throw new IllegalArgumentException(
                    "%d rows of features, but %d of the target.".formatted(features.rows(), target.size()));
        }
    }

    /** Rows of which nothing derived is kept. */
    public TrainingData(
            Task task, FeatureMatrix features, Target target, Weights weights, @Nullable TrainingData validation) {
        this(task, features, target, weights, validation, Derivations.NONE);
    }

    public int rows() {
        return features.rows();
    }

    /** Some of these rows, in the given order, without validation rows. */
    public TrainingData select(int[] chosen) {
        return new TrainingData(task, features.select(chosen), target.select(chosen), weights.select(chosen), null);
    }

    /** The error of what a scorer predicts for these rows. */
    public double error(Scorer scorer, Metric metric) {
        int outputs = scorer.outputs();
        double[] all = new double[rows() * outputs];
        double[] out = new double[outputs];
        FeatureRow cursor = features.cursor();
        for (int row = 0; row < rows(); row++) {
            scorer.score(cursor.to(row), out);
            System.arraycopy(out, 0, all, row * outputs, outputs);
        }
        return metric.error(target, Predictions.of(task, all), weights);
    }

    public TrainingData withValidation(@Nullable TrainingData given) {
        return new TrainingData(task, features, target, weights, given, derivations);
    }
}
