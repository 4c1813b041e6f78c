package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.autotuner.error.DataException;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.Scorer;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which statistic of the target a booster comes to in each of two groups. */
class ValueLossTest {

    private static final int ROWS = 4_000;
    private static final List<Feature> FEATURES = List.of(new Feature("group", "group", 0));
    private static final RegressionTask TASK = new RegressionTask("y");

    static Stream<Function<ValueLoss, ModelFamily>> families() {
        return Stream.of(HistogramBoostingFamily::new, OrderedBoostingFamily::new);
    }

    /** Skewed values, of mean 1 and median log 2 in group 0, ten times as large in group 1. */
    private static TrainingData made() {
        SplittableRandom random = new SplittableRandom(6);
        float[] group = new float[ROWS];
        double[] values = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            group[row] = row % 2;
            values[row] = -Math.log(1 - random.nextDouble()) * (row % 2 == 0 ? 1 : 10);
        }
        return new TrainingData(
                TASK, FeatureMatrix.dense(FEATURES, ROWS, group), Target.ofValues(values), Weights.none(), null);
    }

    private static double[] predicted(ModelFamily family, TrainingData data, Metric metric) {
        DataShape shape = new DataShape(TASK, ROWS, 1, 0, 0, 0);
        Scorer scorer = family.fit(
                        data,
                        family.space(shape).defaults(),
                        FitContext.of(metric, 1).withSteps(300))
                .scorer();
        double[] found = new double[2];
        double[] out = new double[1];
        for (int group = 0; group < 2; group++) {
            scorer.score(
                    FeatureMatrix.dense(FEATURES, 1, new float[] {group})
                            .cursor()
                            .to(0),
                    out);
            found[group] = out[0];
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("families")
    void meansAndMediansAreFound(Function<ValueLoss, ModelFamily> family) {
        TrainingData data = made();
        for (ValueLoss loss : List.of(ValueLoss.squared(), ValueLoss.poisson(), ValueLoss.tweedie(1.5))) {
            double[] means = predicted(family.apply(loss), data, Metrics.rmse());
            assertThat(means[0]).isEqualTo(1, within(0.06));
            assertThat(means[1]).isEqualTo(10, within(0.6));
        }
        double[] medians = predicted(family.apply(ValueLoss.absolute()), data, Metrics.rmse());
        assertThat(medians[0]).isEqualTo(Math.log(2), within(0.06));
        assertThat(medians[1]).isEqualTo(10 * Math.log(2), within(0.6));
        double[] between = predicted(family.apply(ValueLoss.huber(0.5)), data, Metrics.rmse());
        assertThat(between[0]).isBetween(Math.log(2), 0.95);
    }

    @Test
    void withoutAnyTheMetricDecides() {
        for (ModelFamily family : List.of(new HistogramBoostingFamily(), new OrderedBoostingFamily())) {
            assertThat(predicted(family, made(), Metrics.mae())[0]).isEqualTo(Math.log(2), within(0.06));
            assertThat(predicted(family, made(), Metrics.rmse())[0]).isEqualTo(1, within(0.06));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void amountsBelowZeroAreRefused(Function<ValueLoss, ModelFamily> family) {
        double[] values = {1, 0, -3};
        TrainingData data = new TrainingData(
                TASK,
                FeatureMatrix.dense(FEATURES, 3, new float[] {0, 1, 2}),
                Target.ofValues(values),
                Weights.none(),
                null);
        assertThatThrownBy(() -> predicted(family.apply(ValueLoss.tweedie(1.2)), data, Metrics.rmse()))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("row 2", "-3");
        assertThatThrownBy(() -> ValueLoss.tweedie(2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ValueLoss.huber(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
