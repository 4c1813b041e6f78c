package org.autotuner.examples;

import org.autotuner.metric.Metric;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * A metric of one's own: money lost per loan. The documentation of the German credit data says that lending to a bad risk
 * costs five times what turning away a good one does; with these costs the best limit is a probability of 1/6.
 */
public final class CostMetric implements Metric {

    private static final double MISSED = 5;
    private static final double REFUSED = 1;

    @Override
    public String name() {
        return "lending_cost";
    }

    @Override
    public boolean isHigherBetter() {
        return false;
    }

    @Override
    public boolean supports(Task task) {
        return task instanceof BinaryTask;
    }

    @Override
    public double score(Target truth, Predictions predictions, Weights weights) {
        double cost = 0;
        double total = 0;
        for (int row = 0; row < predictions.size(); row++) {
            boolean refused = predictions.probability(row, 1) >= REFUSED / (REFUSED + MISSED);
            boolean bad = truth.label(row) == 1;
            double loss = bad && !refused ? MISSED : !bad && refused ? REFUSED : 0;
            cost += weights.at(row) * loss;
            total += weights.at(row);
        }
        return cost / total;
    }
}
