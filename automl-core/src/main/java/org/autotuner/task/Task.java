package org.autotuner.task;

import java.util.List;

/** What is predicted. Immutable and thread-safe. */
public sealed interface Task permits BinaryTask, MulticlassTask, RegressionTask, QuantileTask {

    /** Name of the target column. */
    String target();

    /**
     * Number of values that a scorer writes per row: 1 for binary (probability of the positive label), the number of
     * labels for multiclass, 1 for regression, the number of levels for quantiles.
     */
    int outputs();

    /** Labels in probability order; empty unless this is a classification. */
    List<String> labels();

    /** Name as in reports and files: {@code binary}, {@code multiclass}, {@code regression}, {@code quantile}. */
    String kind();

    default boolean isClassification() {
        return !labels().isEmpty();
    }
}
