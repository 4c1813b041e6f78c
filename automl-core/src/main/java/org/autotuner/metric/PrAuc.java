package org.autotuner.metric;

import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * Average precision: the sum over thresholds of the gain in recall times the precision there, without interpolation;
 * for several classes the mean over those that have rows. NaN without positive rows.
 */
final class PrAuc implements Metric {

    @Override
    public String name() {
        return "pr_auc";
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
            return average(Ranking.of(truth, predictions, weights, 1));
        }
        double sum = 0;
        int defined = 0;
        for (int label = 0; label < predictions.task().labels().size(); label++) {
            double precision = average(Ranking.of(truth, predictions, weights, label));
            if (!Double.isNaN(precision)) {
                sum += precision;
                defined++;
            }
        }
        return sum / defined;
    }

    private static double average(Ranking ranking) {
        if (ranking.hasNan()) {
            return Double.NaN;
        }
        double positives = 0;
        double all = 0;
        double sum = 0;
        for (int i = 0; i < ranking.size(); i++) {
            positives += ranking.positive(i);
            all += ranking.positive(i) + ranking.negative(i);
            sum += ranking.positive(i) * positives / all;
        }
        return sum / positives;
    }
}
