package org.autotuner.metric;

import java.util.Arrays;
import org.autotuner.predict.Predictions;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * Weighted median of |y - p|: the middle of the two error values where exactly half of the weight lies on either side,
 * as with {@code numpy.median}.
 */
final class MedianAbsoluteError implements Metric {

    @Override
    public String name() {
        return "median_absolute_error";
    }

    @Override
    public boolean isHigherBetter() {
        return false;
    }

    @Override
    public boolean supports(Task task) {
        return task instanceof RegressionTask;
    }

    @Override
    public double score(Target truth, Predictions predictions, Weights weights) {
        Inputs.check(this, truth, predictions);
        double[] errors = new double[truth.size()];
        double[] own = new double[errors.length];
        int used = 0;
        double total = 0;
        for (int row = 0; row < errors.length; row++) {
            if (weights.at(row) > 0) {
                errors[used] = Math.abs(truth.value(row) - predictions.value(row));
                own[used++] = weights.at(row);
                total += weights.at(row);
            }
        }
        if (used == 0) {
            return Double.NaN;
        }
        ScoreGroups groups = ScoreGroups.of(Arrays.copyOf(errors, used), own);
        double below = 0;
        for (int i = 0; i < groups.size(); i++) {
            below += groups.weight(i);
            if (2 * below == total && i + 1 < groups.size()) {
                return (groups.score(i) + groups.score(i + 1)) / 2;
            }
            if (2 * below >= total) {
                return groups.score(i);
            }
        }
        return groups.score(groups.size() - 1);
    }
}
