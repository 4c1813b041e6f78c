package org.autotuner.metric;

import java.util.List;
import org.autotuner.predict.Predictions;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/** Pinball loss (Koenker and Bassett 1978), the mean over rows and levels. */
final class Pinball implements Metric {

    @Override
    public String name() {
        return "pinball";
    }

    @Override
    public boolean isHigherBetter() {
        return false;
    }

    @Override
    public boolean supports(Task task) {
        return task instanceof QuantileTask;
    }

    @Override
    public double score(Target truth, Predictions predictions, Weights weights) {
        Inputs.check(this, truth, predictions);
        List<Double> levels = ((QuantileTask) predictions.task()).levels();
        double sum = 0;
        double total = 0;
        for (int row = 0; row < truth.size(); row++) {
            double weight = weights.at(row);
            for (int k = 0; weight > 0 && k < levels.size(); k++) {
                double above = truth.value(row) - predictions.output(row, k);
                sum += weight * Math.max(levels.get(k) * above, (levels.get(k) - 1) * above) / levels.size();
            }
            total += weight;
        }
        return sum / total;
    }
}
