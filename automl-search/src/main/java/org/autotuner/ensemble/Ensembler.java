package org.autotuner.ensemble;

import java.util.List;
import org.autotuner.budget.Deadline;
import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/** Weights over candidates by their out-of-fold predictions. Immutable and thread-safe. */
public interface Ensembler {

    /**
     * What is chosen from.
     *
     * @param candidates out-of-fold predictions of the same rows, best candidate first
     * @param truth of those rows
     */
    record Choice(
            List<Predictions> candidates, Target truth, Weights weights, Metric metric, long seed, Deadline deadline) {

        public Choice {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * One weight per candidate, at least 0, of sum 1. When the deadline comes, the best weights so far are returned.
     */
    double[] weights(Choice choice);
}
