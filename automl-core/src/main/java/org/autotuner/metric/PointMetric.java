package org.autotuner.metric;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.autotuner.predict.Predictions;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/** A regression metric that is the weighted mean of a loss per row, perhaps with a root over it. */
final class PointMetric implements Metric {

    /** As scikit-learn, so that a true value of 0 gives a huge but finite error. */
    private static final double SMALLEST = Math.ulp(1.0);

    static final Metric RMSE = new PointMetric("rmse", (y, p) -> (y - p) * (y - p), Math::sqrt);
    static final Metric MAE = new PointMetric("mae", (y, p) -> Math.abs(y - p), mean -> mean);
    /** A fraction, not a percentage. */
    static final Metric MAPE =
            new PointMetric("mape", (y, p) -> Math.abs(y - p) / Math.max(Math.abs(y), SMALLEST), mean -> mean);
    /** 2 |y - p| / (|y| + |p|), in 0..2; 0 where both are 0. */
    static final Metric SMAPE = new PointMetric(
            "smape", (y, p) -> y == p ? 0 : 2 * Math.abs(y - p) / (Math.abs(y) + Math.abs(p)), mean -> mean);
    /** Not defined where a true value is below 0; predictions below 0 count as 0. */
    static final Metric RMSLE = new PointMetric(
            "rmsle",
            (y, p) -> {
                double difference = y < 0 ? Double.NaN : Math.log1p(y) - Math.log1p(Math.max(0, p));
                return difference * difference;
            },
            Math::sqrt);

    private final String name;
    private final DoubleBinaryOperator loss;
    private final DoubleUnaryOperator finish;

    private PointMetric(String name, DoubleBinaryOperator loss, DoubleUnaryOperator finish) {
        this.name = name;
        this.loss = loss;
        this.finish = finish;
    }

    @Override
    public String name() {
        return name;
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
        double sum = 0;
        double total = 0;
        for (int row = 0; row < truth.size(); row++) {
            double weight = weights.at(row);
            if (weight > 0) {
                sum += weight * loss.applyAsDouble(truth.value(row), predictions.value(row));
                total += weight;
            }
        }
        return finish.applyAsDouble(sum / total);
    }

    @Override
    public String toString() {
        return name;
    }
}
