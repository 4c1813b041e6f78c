package org.autotuner.predict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Task;

/** What a model said about one row. Immutable and thread-safe. */
public final class Prediction {

    private final Predictions all;
    private final int row;

    Prediction(Predictions all, int row) {
        this.all = all;
        this.row = row;
    }

    public Task task() {
        return all.task();
    }

    /**
     * The predicted label: the most probable one, or the one that the decision threshold gives.
     *
     * @throws IllegalStateException unless the task is a classification
     */
    public String label() {
        requireLabels("label()");
        return task().labels().get(all.chosen(row));
    }

    /**
     * Probability of a label, in 0..1.
     *
     * @throws IllegalStateException unless the task is a classification
     * @throws IllegalArgumentException if the task does not have this label
     */
    public double probability(String label) {
        requireLabels("probability(label)");
        int number = task().labels().indexOf(label);
        if (number < 0) {
            throw new IllegalArgumentException(
                    "There is no label '%s'. The labels are %s.".formatted(label, task().labels()));
        }
        return all.probability(row, number);
    }

    /**
     * Probability of every label, in label order; they sum to 1.
     *
     * @throws IllegalStateException unless the task is a classification
     */
    public Map<String, Double> probabilities() {
        requireLabels("probabilities()");
        Map<String, Double> map = new LinkedHashMap<>();
        for (int label = 0; label < task().labels().size(); label++) {
            map.put(task().labels().get(label), all.probability(row, label));
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * The predicted real value.
     *
     * @throws IllegalStateException unless the task is a regression
     */
    public double value() {
        if (!(task() instanceof RegressionTask)) {
            throw wrongKind("value()");
        }
        return all.value(row);
    }

    /**
     * The predicted quantile of a level.
     *
     * @throws IllegalStateException unless the task predicts quantiles
     * @throws IllegalArgumentException if the task does not have this level
     */
    public double quantile(double level) {
        if (!(task() instanceof QuantileTask quantiles)) {
            throw wrongKind("quantile(level)");
        }
        int k = quantiles.levels().indexOf(level);
        if (k < 0) {
            throw new IllegalArgumentException(
                    "There is no level %s. The levels are %s.".formatted(level, quantiles.levels()));
        }
        return all.output(row, k);
    }

    /** The raw outputs of this row, as many as {@code task().outputs()}; a copy. */
    public double[] toArray() {
        double[] outputs = new double[task().outputs()];
        for (int k = 0; k < outputs.length; k++) {
            outputs[k] = all.output(row, k);
        }
        return outputs;
    }

    @Override
    public String toString() {
        if (task().isClassification()) {
            return label() + " " + probabilities();
        }
        return task() instanceof RegressionTask
                ? Double.toString(value())
                : java.util.Arrays.toString(all.select(new int[] {row}).toArray());
    }

    private void requireLabels(String method) {
        if (!task().isClassification()) {
            throw wrongKind(method);
        }
    }

    private IllegalStateException wrongKind(String method) {
        return new IllegalStateException(
                "%s does not fit: the task predicts '%s' and is %s.".formatted(method, task().target(), task().kind()));
    }
}
