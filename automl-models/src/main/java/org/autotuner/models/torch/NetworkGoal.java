package org.autotuner.models.torch;

import java.util.List;
import java.util.Set;
import org.autotuner.metric.Metric;
import org.autotuner.model.TargetScale;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.autotuner.score.Link;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Task;
import org.autotuner.train.Loss;

/**
 * What a network is to learn for a task: its loss, its targets, and how its outputs become predictions. Real targets are
 * standardised.
 *
 * @param low least value of the training rows, below which no prediction goes; infinite for classes
 * @param countsErrors whether wrong labels are counted, however sure they were
 */
public record NetworkGoal(Task task, TargetScale scale, double low, double high, boolean countsErrors) {

    private static final Set<String> COUNTING = Set.of("accuracy", "error_rate");

    /** The goal that the training rows make. */
    public static NetworkGoal of(TrainingData data, Metric metric) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < data.rows(); row++) {
            if (data.weights().at(row) > 0) {
                low = Math.min(low, data.target().value(row));
                high = Math.max(high, data.target().value(row));
            }
        }
        boolean isBounded = !data.task().isClassification();
        return new NetworkGoal(
                data.task(),
                TargetScale.of(data),
                isBounded ? low : Double.NEGATIVE_INFINITY,
                isBounded ? high : Double.POSITIVE_INFINITY,
                COUNTING.contains(metric.name()));
    }

    /** The loss that suits the task. */
    public Loss loss() {
        return loss(0);
    }

    /** The same with this share of each label spread over all classes; without classes nothing is spread. */
    public Loss loss(double smoothing) {
        if (task instanceof QuantileTask quantile) {
            return new Loss.Pinball(quantile.levels());
        }
        if (task instanceof BinaryTask) {
            return new Loss.BinaryCrossEntropy(smoothing, List.of());
        }
        return task.isClassification() ? new Loss.CrossEntropy(smoothing, List.of()) : new Loss.Squared();
    }

    /** Outputs of a network per row. */
    public int outputs() {
        return task.outputs();
    }

    /** What makes predictions of the outputs. */
    public Link link() {
        if (task instanceof QuantileTask) {
            return Link.SORTED;
        }
        return task instanceof BinaryTask ? Link.SIGMOID : task.isClassification() ? Link.SOFTMAX : Link.IDENTITY;
    }

    /** The targets and weights of these rows as a network takes them. */
    public NetworkTargets targets(TrainingData data) {
        float[] weights = weights(data);
        if (task.isClassification() && !(task instanceof BinaryTask)) {
            int[] labels = new int[data.rows()];
            java.util.Arrays.setAll(labels, data.target()::label);
            return NetworkTargets.ofLabels(labels, weights);
        }
        return NetworkTargets.ofValues(scale.apply(data), 1, weights);
    }

    private static float[] weights(TrainingData data) {
        float[] weights = new float[data.rows()];
        boolean differ = false;
        for (int row = 0; row < weights.length; row++) {
            weights[row] = (float) data.weights().at(row);
            differ |= weights[row] != 1;
        }
        return differ ? weights : new float[0];
    }

    /** Predictions from the outputs of several networks or members: the mean of what each predicts. */
    public Predictions predictions(float[] outputs, int parts) {
        int width = outputs();
        int each = outputs.length / parts;
        double[] sum = new double[each];
        double[] row = new double[width];
        Link link = link();
        for (int part = 0; part < parts; part++) {
            for (int at = 0; at < each; at += width) {
                for (int k = 0; k < width; k++) {
                    row[k] = Math.max(low, Math.min(high, scale.undo(outputs[part * each + at + k])));
                }
                link.apply(row, width);
                for (int k = 0; k < width; k++) {
                    sum[at + k] += row[k] / parts;
                }
            }
        }
        return Predictions.of(task, sum);
    }
}
