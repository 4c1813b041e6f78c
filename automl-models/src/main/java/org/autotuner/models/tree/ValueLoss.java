package org.autotuner.models.tree;

import org.autotuner.error.DataException;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.TrainingData;
import org.autotuner.task.RegressionTask;

/**
 * What boosters in plain Java lower where they predict a real value. Without one they take the absolute error where that, or its
 * median, is the metric, else the squared error. Immutable.
 */
public final class ValueLoss {

    private final PointLoss loss;
    private final boolean isForAmounts;

    private ValueLoss(PointLoss loss, boolean isForAmounts) {
        this.loss = loss;
        this.isForAmounts = isForAmounts;
    }

    /** For means. */
    public static ValueLoss squared() {
        return new ValueLoss(new PointLoss.Squared(), false);
    }

    /** For medians. */
    public static ValueLoss absolute() {
        return new ValueLoss(new PointLoss.Absolute(), false);
    }

    /**
     * For means where some values are far off: squared up to {@code delta} from the value, absolute beyond (Huber 1964).
     *
     * @param delta above 0, in units of the target
     */
    public static ValueLoss huber(double delta) {
        if (!(delta > 0) || Double.isInfinite(delta)) {
            throw new IllegalArgumentException("delta must be finite and above 0, but was %s.".formatted(delta));
        }
        return new ValueLoss(new PointLoss.Huber(delta), false);
    }

    /** For counts: predictions are above 0 and multiply up. */
    public static ValueLoss poisson() {
        return new ValueLoss(new PointLoss.Poisson(), true);
    }

    /**
     * For amounts of which many are 0, such as claims (Jorgensen 1987): predictions are above 0 and multiply up.
     *
     * @param power of the mean that the variance grows with, between 1 (counts) and 2 (gamma), both excluded
     */
    public static ValueLoss tweedie(double power) {
        if (!(power > 1 && power < 2)) {
            throw new IllegalArgumentException("power must lie between 1 and 2, but was %s.".formatted(power));
        }
        return new ValueLoss(new PointLoss.Tweedie(power), true);
    }

    static ValueLoss of(Metric metric) {
        boolean isOfMedians = metric.name().equals(Metrics.mae().name())
                || metric.name().equals(Metrics.medianAbsoluteError().name());
        return isOfMedians ? absolute() : squared();
    }

    /**
     * The loss, for these rows.
     *
     * @throws DataException if it is for amounts and one is below 0
     */
    PointLoss on(TrainingData data) {
        for (int row = 0; isForAmounts && data.task() instanceof RegressionTask && row < data.rows(); row++) {
            if (data.target().value(row) < 0) {
                throw new DataException(
                        "The target of training row %d is %s, but this loss is for amounts of at least 0. Choose another loss."
                                .formatted(row, data.target().value(row)));
            }
        }
        return loss;
    }
}
