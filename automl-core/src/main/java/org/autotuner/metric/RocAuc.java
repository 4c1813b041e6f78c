package org.autotuner.metric;

import java.util.Arrays;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * Probability that a positive row is ranked above a negative one, ties half; for several classes the mean over those
 * classes that have rows on both sides (one-vs-rest, macro). NaN where no class has.
 */
final class RocAuc implements Metric {

    @Override
    public String name() {
        return "roc_auc";
    }

    @Override
    public boolean isHigherBetter() {
        return true;
    }

    @Override
    public boolean supports(Task task) {
        return task.isClassification();
    }

    @Override
    public double score(Target truth, Predictions predictions, Weights weights) {
        Inputs.check(this, truth, predictions);
        if (predictions.task() instanceof BinaryTask) {
            return auc(truth, predictions, weights, 1);
        }
        double sum = 0;
        int defined = 0;
        for (int label = 0; label < predictions.task().labels().size(); label++) {
            double auc = auc(truth, predictions, weights, label);
            if (!Double.isNaN(auc)) {
                sum += auc;
                defined++;
            }
        }
        return sum / defined;
    }

    private static double auc(Target truth, Predictions predictions, Weights weights, int label) {
        return weights.isNone()
                ? unweighted(truth, predictions, label)
                : weighted(Ranking.of(truth, predictions, weights, label));
    }

    /** Sorts positives and negatives apart and merges them: no index, no objects. Ensembling calls this very often. */
    private static double unweighted(Target truth, Predictions predictions, int label) {
        int size = truth.size();
        double[] up = new double[size];
        int positives = 0;
        int negatives = 0;
        for (int row = 0; row < size; row++) {
            double score = predictions.probability(row, label) + 0.0;
            if (Double.isNaN(score)) {
                return Double.NaN;
            }
            // positives fill the array from its start, negatives from its end
            if (truth.label(row) == label) {
                up[positives++] = score;
            } else {
                up[size - ++negatives] = score;
            }
        }
        Arrays.sort(up, 0, positives);
        Arrays.sort(up, positives, size);
        double pairs = 0;
        int below = positives;
        int notAbove = positives;
        for (int i = 0; i < positives; i++) {
            while (below < size && up[below] < up[i]) {
                below++;
            }
            notAbove = Math.max(notAbove, below);
            while (notAbove < size && up[notAbove] <= up[i]) {
                notAbove++;
            }
            pairs += (below - positives) + 0.5 * (notAbove - below);
        }
        return pairs / ((double) positives * negatives);
    }

    private static double weighted(Ranking ranking) {
        if (ranking.hasNan()) {
            return Double.NaN;
        }
        double pairs = 0;
        double positives = 0;
        double negatives = 0;
        for (int i = 0; i < ranking.size(); i++) {
            pairs += ranking.negative(i) * (positives + 0.5 * ranking.positive(i));
            positives += ranking.positive(i);
            negatives += ranking.negative(i);
        }
        return pairs / (positives * negatives);
    }
}
