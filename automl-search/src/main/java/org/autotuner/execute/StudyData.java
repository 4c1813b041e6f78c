package org.autotuner.execute;

import java.util.List;
import org.autotuner.data.Table;
import org.autotuner.metric.Metric;
import org.autotuner.model.Constraints;
import org.autotuner.model.DataShape;
import org.autotuner.split.Fold;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * The data of one study, divided once: every trial sees the same folds. Immutable and thread-safe.
 *
 * @param features the feature columns of all rows that the study uses
 * @param weights of the same rows, for losses and metrics
 * @param folds at least one
 * @param seed master seed of the study
 * @param shape of one fold's training part
 */
public record StudyData(
        Table features,
        Task task,
        Target target,
        Weights weights,
        Metric metric,
        List<Fold> folds,
        long seed,
        DataShape shape) {

    public StudyData {
        folds = List.copyOf(folds);
        if (features.rowCount() != target.size()) {
            throw new IllegalArgumentException(
                    "%d rows of features, but %d of the target.".formatted(features.rowCount(), target.size()));
        }
    }

    /** The same with the shape found out. */
    public StudyData(
            Table features, Task task, Target target, Weights weights, Metric metric, List<Fold> folds, long seed) {
        this(features, task, target, weights, metric, folds, seed, Shapes.of(features, task, folds));
    }

    /** The same for models that keep to these. */
    public StudyData withConstraints(Constraints given) {
        return new StudyData(features, task, target, weights, metric, folds, seed, shape.withConstraints(given));
    }
}
