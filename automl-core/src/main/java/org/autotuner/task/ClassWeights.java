package org.autotuner.task;

import java.util.Map;
import java.util.TreeMap;
import org.autotuner.error.DataException;

/** Weights of rows by their class, multiplied with the rows' own weights. Immutable. */
public final class ClassWeights {

    private final Map<String, Double> weights;
    private final boolean balanced;

    private ClassWeights(Map<String, Double> weights, boolean balanced) {
        this.weights = new TreeMap<>(weights);
        this.balanced = balanced;
    }

    /** Every class gets the same total weight: rows / (classes x rows of the class), as in scikit-learn. */
    public static ClassWeights balanced() {
        return new ClassWeights(Map.of(), true);
    }

    /**
     * A weight per label; labels not named have 1.
     *
     * @throws IllegalArgumentException if a weight is negative, NaN or infinite
     */
    public static ClassWeights of(Map<String, Double> weights) {
        weights.forEach((label, weight) -> {
            if (!(weight >= 0) || weight.isInfinite()) {
                throw new IllegalArgumentException(
                        "The weight of label '%s' is %s, but it must be a finite number of at least 0."
                                .formatted(label, weight));
            }
        });
        return new ClassWeights(weights, false);
    }

    /**
     * The rows' weights times the weights of their classes.
     *
     * @throws DataException if a label is named that the task does not have, or the task is not a classification
     */
    public Weights apply(Task task, Target target, Weights rowWeights) {
        if (!task.isClassification()) {
            throw new DataException(
                    "Class weights need a classification, but the task is %s. Remove them, or use a weight column."
                            .formatted(task.kind()));
        }
        for (String label : weights.keySet()) {
            if (!task.labels().contains(label)) {
                throw new DataException("Class weights name the label '%s', but the labels are %s."
                        .formatted(label, Tasks.preview(task.labels())));
            }
        }
        double[] ofLabel = balanced
                ? balance(task, target, rowWeights)
                : new double[task.labels().size()];
        if (!balanced) {
            for (int label = 0; label < ofLabel.length; label++) {
                ofLabel[label] = weights.getOrDefault(task.labels().get(label), 1.0);
            }
        }
        double[] product = new double[target.size()];
        for (int row = 0; row < product.length; row++) {
            product[row] = rowWeights.at(row) * ofLabel[target.label(row)];
        }
        return Weights.of(product);
    }

    /** As {@link #apply}, but without any class weight the rows' weights come back for every task. */
    public Weights times(Weights rowWeights, Task task, Target target) {
        return balanced || !weights.isEmpty() ? apply(task, target, rowWeights) : rowWeights;
    }

    private static double[] balance(Task task, Target target, Weights rowWeights) {
        double[] sums = new double[task.labels().size()];
        double all = 0;
        int present = 0;
        for (int row = 0; row < target.size(); row++) {
            sums[target.label(row)] += rowWeights.at(row);
            all += rowWeights.at(row);
        }
        for (double sum : sums) {
            present += sum > 0 ? 1 : 0;
        }
        for (int label = 0; label < sums.length; label++) {
            sums[label] = sums[label] > 0 ? all / (present * sums[label]) : 1;
        }
        return sums;
    }
}
