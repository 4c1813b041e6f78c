package org.autotuner.prepare;

import org.autotuner.data.Table;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/** An unfitted plan that turns table columns into features. Immutable and thread-safe. */
public interface Preparation {

    /** Canonical text of all settings: plans of equal id give equal results, so the id is the key of the cache. */
    String id();

    /**
     * Fits the plan on training rows.
     *
     * @param features the feature columns of the training rows
     * @param target of the same rows
     * @throws org.autotuner.budget.DeadlineExceededException if the time is up
     */
    Prepared fit(Table features, Target target, Weights weights, PrepareContext context);
}
