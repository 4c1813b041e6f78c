package org.autotuner.evaluate;

import java.util.Arrays;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * Summary of true minus predicted values.
 *
 * @param mean weighted mean; the quartiles, least and largest count every row of positive weight once
 */
public record Residuals(
        double mean, double least, double quarter, double median, double threeQuarters, double largest) {

    static Residuals of(Target truth, Predictions predictions, Weights weights) {
        double[] residuals = new double[truth.size()];
        int used = 0;
        double sum = 0;
        double total = 0;
        for (int row = 0; row < residuals.length; row++) {
            if (weights.at(row) > 0) {
                residuals[used] = truth.value(row) - predictions.value(row);
                sum += weights.at(row) * residuals[used++];
                total += weights.at(row);
            }
        }
        double[] sorted = Arrays.copyOf(residuals, used);
        Arrays.sort(sorted);
        return new Residuals(
                sum / total,
                Interval.quantile(sorted, 0),
                Interval.quantile(sorted, 0.25),
                Interval.quantile(sorted, 0.5),
                Interval.quantile(sorted, 0.75),
                Interval.quantile(sorted, 1));
    }
}
