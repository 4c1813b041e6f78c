package org.autotuner.execute;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.Column;
import org.autotuner.data.Table;
import org.autotuner.metric.Metric;
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
 */
public record StudyData(
        Table features, Task task, Target target, Weights weights, Metric metric, List<Fold> folds, long seed) {

    public StudyData {
        folds = List.copyOf(folds);
        if (features.rowCount() != target.size()) {
            throw new IllegalArgumentException("%d rows of features, but %d of the target."
                    .formatted(features.rowCount(), target.size()));
        }
        if (folds.isEmpty()) {
            throw new IllegalArgumentException("A study needs at least one fold.");
        }
    }

    /** The shape of one fold's training part. */
    public DataShape shape() {
        int numeric = 0;
        int categorical = 0;
        int levels = 0;
        int text = 0;
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < features.columnCount(); i++) {
            columns.add(features.column(i));
        }
        for (Column column : columns) {
            if (column instanceof CategoricalColumn) {
                categorical++;
                levels += column.levels().size();
            } else if (column instanceof org.autotuner.data.TextColumn) {
                text++;
            } else {
                numeric++;
            }
        }
        return new DataShape(task, folds.get(0).train().length, numeric, categorical, levels, text);
    }
}
