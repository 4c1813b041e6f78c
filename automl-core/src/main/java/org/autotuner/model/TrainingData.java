package org.autotuner.model;

import org.autotuner.prepare.FeatureMatrix;
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

    public TrainingData withValidation(@Nullable TrainingData given) {
        return new TrainingData(task, features, target, weights, given, derivations);
    }
}
