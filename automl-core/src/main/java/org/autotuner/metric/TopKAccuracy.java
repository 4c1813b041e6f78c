package org.autotuner.metric;

import org.autotuner.predict.Predictions;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * Share of rows whose true label is among the k most probable ones; among equal probabilities the later label counts as
 * more probable, as in scikit-learn.
 */
final class TopKAccuracy implements Metric {

    private final int k;

    TopKAccuracy(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, but is %d.".formatted(k));
        }
        this.k = k;
    }

    @Override
    public String name() {
        return "top_" + k + "_accuracy";
    }

    @Override
    public boolean isHigherBetter() {
        return true;
    }

    @Override
    public boolean supports(Task task) {
        return task instanceof MulticlassTask && task.labels().size() > k;
    }

    @Override
    public double score(Target truth, Predictions predictions, Weights weights) {
        Inputs.check(this, truth, predictions);
        int labels = predictions.task().labels().size();
        double hits = 0;
        double total = 0;
        for (int row = 0; row < truth.size(); row++) {
            int own = truth.label(row);
            double probability = predictions.probability(row, own);
            int before = 0;
            for (int label = 0; label < labels; label++) {
                double other = predictions.probability(row, label);
                before += other > probability || (other == probability && label > own) ? 1 : 0;
            }
            hits += before < k ? weights.at(row) : 0;
            total += weights.at(row);
        }
        return hits / total;
    }
}
