package org.autotuner.metric;

import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/** A user's metric, registered as a service: a gain of at most 100 that both turning methods know. */
public final class CostOfMissedHits implements Metric {

    static final String TARGET = "hit";

    @Override
    public String name() {
        return "cost_of_missed_hits";
    }

    @Override
    public boolean isHigherBetter() {
        return true;
    }

    /** Only its own target, so that other tests do not meet it. */
    @Override
    public boolean supports(Task task) {
        return task instanceof BinaryTask && task.target().equals(TARGET);
    }

    @Override
    public double score(Target truth, Predictions predictions, Weights weights) {
        double gain = 100;
        for (int row = 0; row < truth.size(); row++) {
            gain -= truth.label(row) == 1 && predictions.chosen(row) == 0 ? 7 * weights.at(row) : 0;
        }
        return gain;
    }

    @Override
    public double errorOf(double score) {
        return 100 - score;
    }

    @Override
    public double scoreOf(double error) {
        return 100 - error;
    }
}
