package org.autotuner.metric;

import org.autotuner.predict.Predictions;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/** Share of the variance that is explained; NaN where the true values do not vary. */
final class R2 implements Metric {

    @Override
    public String name() {
        return "r2";
    }

    @Override
    public boolean isHigherBetter() {
        return true;
    }

    @Override
    public boolean supports(Task task) {
        return task instanceof RegressionTask;
    }

    @Override
    public double score(Target truth, Predictions predictions, Weights weights) {
        Inputs.check(this, truth, predictions);
        double sum = 0;
        double total = 0;
        for (int row = 0; row < truth.size(); row++) {
            if (weights.at(row) > 0) {
                sum += weights.at(row) * truth.value(row);
                total += weights.at(row);
            }
        }
        double mean = sum / total;
        double residual = 0;
        double variance = 0;
        for (int row = 0; row < truth.size(); row++) {
            double weight = weights.at(row);
            if (weight > 0) {
                double error = truth.value(row) - predictions.value(row);
                double deviation = truth.value(row) - mean;
                residual += weight * error * error;
                variance += weight * deviation * deviation;
            }
        }
        return variance > 0 ? 1 - residual / variance : Double.NaN;
    }
}
