package org.autotuner.fakes;

import java.util.List;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.score.ConstantScorer;
import org.autotuner.score.LinearScorer;
import org.autotuner.score.Link;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;

/** Ways for a {@link FakeFamily} to fit. */
public final class Fits {

    private Fits() {}

    /**
     * Learns one threshold: the middle between the mean of the first feature where the target is above its own mean and
     * where it is not. Binary tasks get a sigmoid around it, others the best line through it.
     */
    public static FittedModel threshold(TrainingData data, Configuration configuration, FitContext context) {
        int rows = data.rows();
        double mean = 0;
        for (int row = 0; row < rows; row++) {
            mean += data.target().value(row) / rows;
        }
        double[] sums = new double[2];
        double[] counts = new double[2];
        double[] values = new double[2];
        for (int row = 0; row < rows; row++) {
            int side = data.target().value(row) > mean ? 1 : 0;
            sums[side] += data.features().at(row, 0);
            values[side] += data.target().value(row);
            counts[side]++;
        }
        double low = sums[0] / Math.max(1, counts[0]);
        double high = sums[1] / Math.max(1, counts[1]);
        double[] weights = new double[data.features().width()];
        double middle = (low + high) / 2;
        if (data.task().isClassification()) {
            weights[0] = configuration.getOrDefault(FakeFamily.SHARPNESS) * Math.signum(high - low);
            return FittedModel.of(
                    LinearScorer.of(weights.length, 0, new double[] {-weights[0] * middle}, weights, Link.SIGMOID));
        }
        double rise = values[1] / Math.max(1, counts[1]) - values[0] / Math.max(1, counts[0]);
        weights[0] = high == low ? 0 : rise / (high - low);
        return FittedModel.of(
                LinearScorer.of(weights.length, 0, new double[] {mean - weights[0] * middle}, weights, Link.IDENTITY));
    }

    /** A fit that throws. */
    public static FakeFamily.Fit throwing(String message) {
        return (data, configuration, context) -> {
            throw new IllegalStateException(message);
        };
    }

    /** A fit that runs out of memory. */
    public static FakeFamily.Fit outOfMemory() {
        return (data, configuration, context) -> {
            throw new OutOfMemoryError("made by a test");
        };
    }

    /** A model with steps, whose scorer after some steps says the same number of hundredths for every row. */
    public static FittedModel iterative(List<Integer> steps, List<Double> errors) {
        return new FittedModel() {
            @Override
            public Scorer scorer() {
                return scorer(steps.get(steps.size() - 1));
            }

            @Override
            public ErrorCurve curve() {
                return new ErrorCurve(steps, errors);
            }

            @Override
            public Scorer scorer(int cut) {
                return ConstantScorer.of(cut / 100.0);
            }
        };
    }
}
