package org.autotuner.metric;

import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/** Mean of -log of the true label's probability, renormalised over the labels and kept at least 1e-15. */
final class LogLoss implements Metric {

    private static final double SMALLEST = 1e-15;

    @Override
    public String name() {
        return "log_loss";
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
        int labels = predictions.task().labels().size();
        boolean normal = predictions.task().outputs() == 1;
        double sum = 0;
        double total = 0;
        for (int row = 0; row < truth.size(); row++) {
            double weight = weights.at(row);
            if (weight > 0) {
                double probability = predictions.probability(row, truth.label(row));
                if (!normal) {
                    double all = 0;
                    for (int label = 0; label < labels; label++) {
                        all += predictions.probability(row, label);
                    }
                    probability = all > 0 ? probability / all : Double.isNaN(all) ? Double.NaN : 0;
                }
                sum -= weight * Math.log(Math.min(1, Math.max(SMALLEST, probability)));
                total += weight;
            }
        }
        return sum / total;
    }
}
