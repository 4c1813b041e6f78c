package org.autotuner.predict;

import org.autotuner.task.BinaryTask;
import org.autotuner.task.Task;

/**
 * What a model said about some rows: {@code size} rows x {@code task.outputs()} values, row by row. Immutable and
 * thread-safe.
 */
public final class Predictions {

    private final Task task;
    private final int size;
    private final double[] outputs;
    private final double threshold;

    private Predictions(Task task, int size, double[] outputs, double threshold) {
        this.task = task;
        this.size = size;
        this.outputs = outputs;
        this.threshold = threshold;
    }

    /**
     * Predictions from raw outputs.
     *
     * @param outputs rows x {@code task.outputs()}, row by row; not copied
     */
    public static Predictions of(Task task, double[] outputs) {
        if (outputs.length % task.outputs() != 0) {
            throw new IllegalArgumentException(
                    "%d values are not a multiple of %d outputs.".formatted(outputs.length, task.outputs()));
        }
        return new Predictions(task, outputs.length / task.outputs(), outputs, Double.NaN);
    }

    public Task task() {
        return task;
    }

    public int size() {
        return size;
    }

    /** Raw output {@code k} of a row; see {@link Task#outputs()}. */
    public double output(int row, int k) {
        return outputs[row * task.outputs() + k];
    }

    /** Probability of a label number, also for binary tasks where only the positive one is stored. */
    public double probability(int row, int label) {
        if (task instanceof BinaryTask) {
            return label == 1 ? outputs[row] : 1 - outputs[row];
        }
        if (!task.isClassification()) {
            throw new IllegalStateException("A %s task has no probabilities.".formatted(task.kind()));
        }
        return output(row, label);
    }

    /** Real value of a row: the prediction of a regression. */
    public double value(int row) {
        return output(row, 0);
    }

    /** The label number with the largest probability; the first one among equals. */
    public int mostProbable(int row) {
        int best = 0;
        for (int label = 1; label < task.labels().size(); label++) {
            if (probability(row, label) > probability(row, best)) {
                best = label;
            }
        }
        return best;
    }

    /**
     * The same predictions with a decision threshold: a row gets the positive label from this probability on.
     *
     * @param threshold in 0..1
     * @throws IllegalStateException unless the task is binary
     */
    public Predictions withThreshold(double threshold) {
        if (!(task instanceof BinaryTask)) {
            throw new IllegalStateException(
                    "Only a binary task has a decision threshold, but this one is %s.".formatted(task.kind()));
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("The threshold must be in 0..1, but is %s.".formatted(threshold));
        }
        return new Predictions(task, size, outputs, threshold);
    }

    /** The label number that is decided for: by the threshold if there is one, else {@link #mostProbable}. */
    public int chosen(int row) {
        if (Double.isNaN(threshold)) {
            return mostProbable(row);
        }
        return outputs[row] >= threshold ? 1 : 0;
    }

    /** What was said about one row. */
    public Prediction row(int row) {
        java.util.Objects.checkIndex(row, size);
        return new Prediction(this, row);
    }

    /** A copy of the raw outputs. */
    public double[] toArray() {
        return outputs.clone();
    }

    /** A copy of some rows, in the given order. */
    public Predictions select(int[] rows) {
        int width = task.outputs();
        double[] chosen = new double[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(outputs, rows[i] * width, chosen, i * width, width);
        }
        return new Predictions(task, rows.length, chosen, threshold);
    }
}
