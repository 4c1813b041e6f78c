package org.autotuner.metric;

import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * How good predictions are: one object for selection, early stopping, ensembling and reporting. Found by name through
 * {@code ServiceLoader}. Stateless and thread-safe.
 */
public interface Metric {

    /** Name in lower case with underscores, such as {@code roc_auc}. */
    String name();

    boolean isHigherBetter();

    boolean supports(Task task);

    /**
     * The metric's own value.
     *
     * @param truth true values, as many rows as the predictions
     * @return a number, or NaN where the metric is not defined (ROC AUC of one class)
     */
    double score(Target truth, Predictions predictions, Weights weights);

    /** The score turned so that lower is better: what every search minimises. 0 is perfect for bounded scores. */
    default double error(Target truth, Predictions predictions, Weights weights) {
        return errorOf(score(truth, predictions, weights));
    }

    /** Turns a score into an error: {@code best - score} where higher is better, else the score itself. */
    default double errorOf(double score) {
        return isHigherBetter() ? 1 - score : score;
    }

    /** Turns an error back into the score it came from; the inverse of {@link #errorOf}, overridden together with it. */
    default double scoreOf(double error) {
        return isHigherBetter() ? 1 - error : error;
    }
}
