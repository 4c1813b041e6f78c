package org.autotuner.metric;

import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * Mean squared difference between probability and outcome (Brier 1950): of the positive label for binary tasks (0..1),
 * summed over all labels for multiclass tasks (0..2).
 */
final class Brier implements Metric {

    @Override
    public String name() {
        return "brier";
    }

    @Override
    public boolean isHigherBetter() {
        return false;
    }

    @Override
    public boolean supports(Task task) {
        return task.isClassification();
    }

    @Override
    public double score(Target truth, Predictions predictions, Weights weights) {
        Inputs.check(this, truth, predictions);
        int first = predictions.task() instanceof BinaryTask ? 1 : 0;
        int labels = predictions.task().labels().size();
        double sum = 0;
        double total = 0;
        for (int row = 0; row < truth.size(); row++) {
            double weight = weights.at(row);
            for (int label = first; weight > 0 && label < labels; label++) {
                double difference = predictions.probability(row, label) - (truth.label(row) == label ? 1 : 0);
                sum += weight * difference * difference;
            }
            total += weight;
        }
        return sum / total;
    }
}
