package org.autotuner.plan;

import org.autotuner.execute.StudyData;
import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/** Errors on some of the evaluation rows, whose truth is selected once. Thread-safe. */
final class RowErrors {

    private final int[] positions;
    private final Metric metric;
    private final Target truth;
    private final Weights weights;

    /**
     * Errors on the rows at these positions.
     *
     * @param positions among the evaluation rows, not copied
     */
    RowErrors(StudyData data, EvaluationRows rows, int[] positions) {
        int[] chosenRows = rows.rowsAt(positions);
        this.positions = positions;
        this.metric = data.metric();
        this.truth = data.target().select(chosenRows);
        this.weights = data.weights().select(chosenRows);
    }

    /** The lines of these rows. */
    Predictions select(Predictions outOfFold) {
        return outOfFold.select(positions);
    }

    /**
     * Error of predictions of these rows alone, lower is better; infinite where the metric is not defined.
     *
     * @param selected one line per row, as {@link #select} gives them
     */
    double error(Predictions selected) {
        double error = metric.error(truth, selected, weights);
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }
}
