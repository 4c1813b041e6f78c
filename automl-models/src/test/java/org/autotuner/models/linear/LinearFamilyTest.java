package org.autotuner.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.budget.Ticker;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.SparseRows;
import org.autotuner.space.Configuration;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class LinearFamilyTest {

    private final LinearFamily family = new LinearFamily();
    private final FitContext context = FitContext.of(Samples.LOSS, 7);
    private final Configuration ridge = family.startingPoints(new DataShape(Samples.BINARY, 100, 3, 0, 0, 0))
            .get(0);

    @Test
    void ridgeEqualsTheNormalEquations() {
        // Centred x = (-1, 0, 1), y = 2x + 5: var(y) = 8/3, so the standardised slope is sqrt(3/2) / (1 + 1.5 lambda).
        TrainingData data = new TrainingData(
                Samples.REAL, Samples.matrix(1, -1, 0, 1), Target.ofValues(3, 5, 7), Weights.none(), null);
        double[] out =
                Samples.score(family.fit(data, ridge, context.withSteps(2)).scorer(), data.features());
        double slope = 2 / (1 + 1.5 * 0.1);
        assertThat(out).containsExactly(new double[] {5 - slope, 5, 5 + slope}, within(1e-5));
    }

    @Test
    void logisticRegressionIsStationaryAtItsPenalty() {
        TrainingData data = Samples.logistic(400, 3, 1, x -> x[0] - 2 * x[1] + 0.5);
        int step = 4;
        double[] p =
                Samples.score(family.fit(data, ridge, context.withSteps(step)).scorer(), data.features());
        // At the optimum the mean residual is 0, and that times a feature is lambda times its weight.
        double[] residuals = new double[4];
        for (int row = 0; row < 400; row++) {
            double r = data.target().label(row) - p[row];
            residuals[3] += r / 400;
            for (int j = 0; j < 3; j++) {
                residuals[j] += r * data.features().at(row, j) / 400;
            }
        }
        FeatureMatrix probes = Samples.matrix(3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1);
        double[] logit = Arrays.stream(Samples.score(
                        family.fit(data, ridge, context.withSteps(step)).scorer(), probes))
                .map(q -> Math.log(q / (1 - q)))
                .toArray();
        assertThat(residuals[3]).isCloseTo(0, within(2e-4));
        for (int j = 0; j < 3; j++) {
            assertThat(residuals[j]).isCloseTo(PenaltyPath.penalty(step) * (logit[j + 1] - logit[0]), within(2e-4));
        }
    }

    @Test
    void sparseAndDenseRowsGiveTheSameModel() {
        TrainingData dense = Samples.logistic(300, 4, 3, x -> x[0] + x[3]);
        float[] values = dense.features().denseArray();
        SparseRows sparse = new SparseRows(
                4,
                IntStream.rangeClosed(0, 300).map(i -> 4 * i).toArray(),
                IntStream.range(0, 1200).map(i -> i % 4).toArray(),
                values);
        FeatureMatrix features = FeatureMatrix.of(List.of(), 300, new float[0], sparse);
        TrainingData same = new TrainingData(Samples.BINARY, features, dense.target(), dense.weights(), null);
        assertThat(Samples.score(family.fit(same, ridge, context).scorer(), features))
                .containsExactly(
                        Samples.score(family.fit(dense, ridge, context).scorer(), dense.features()), within(1e-4));
    }

    @Test
    void softmaxOfTwoClassesAgreesWithLogisticRegressionWhereThePenaltyIsTiny() {
        TrainingData binary = Samples.logistic(500, 2, 5, x -> 2 * x[0]);
        double[] one =
                Samples.score(family.fit(binary, ridge, context.withSteps(14)).scorer(), binary.features());
        TrainingData two = Samples.withTask(binary, Samples.classes(2));
        double[] both =
                Samples.score(family.fit(two, ridge, context.withSteps(14)).scorer(), two.features());
        for (int row = 0; row < 500; row++) {
            assertThat(both[2 * row + 1]).isCloseTo(one[row], within(2e-3));
            assertThat(both[2 * row] + both[2 * row + 1]).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void integerWeightsEqualRepeatedRows() {
        TrainingData once = Samples.logistic(60, 2, 11, x -> x[0]);
        int[] repeated = IntStream.range(0, 60)
                .flatMap(row -> IntStream.generate(() -> row).limit(1 + row % 3))
                .toArray();
        double[] weights =
                IntStream.range(0, 60).mapToDouble(row -> 1 + row % 3).toArray();
        TrainingData weighted =
                new TrainingData(once.task(), once.features(), once.target(), Weights.of(weights), null);
        TrainingData copies = new TrainingData(
                once.task(), once.features().select(repeated), once.target().select(repeated), Weights.none(), null);
        assertThat(Samples.score(
                        family.fit(weighted, ridge, context.withSteps(3)).scorer(), once.features()))
                .containsExactly(
                        Samples.score(
                                family.fit(copies, ridge, context.withSteps(3)).scorer(), once.features()),
                        within(2e-3));
    }

    @Test
    void theValidationCurveChoosesThePenaltyAndEveryStepCanBeAskedFor() {
        TrainingData data = Samples.logistic(80, 40, 2, x -> x[0]); // few rows, many columns: weak penalties overfit
        TrainingData held = Samples.logistic(500, 40, 3, x -> x[0]);
        FittedModel model = family.fit(data.withValidation(held), ridge, context);
        List<Double> errors = model.curve().errors();
        double best = errors.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        assertThat(Samples.loss(model.scorer(), held)).isCloseTo(best, within(1e-9));
        assertThat(errors).as("stops early").hasSizeLessThan(PenaltyPath.STEPS);
        for (int i = 0; i < errors.size(); i++) {
            int step = model.curve().steps().get(i);
            assertThat(Samples.loss(model.scorer(step), held)).isCloseTo(errors.get(i), within(1e-9));
        }
    }

    @Test
    void aPenaltyOnAbsoluteValuesDropsTheColumnsWithoutInformation() {
        TrainingData data = Samples.real(300, 12, 4, x -> 3 * x[0] - x[1], z -> 0.5 * z);
        Configuration lasso = ridge.with(LinearFamily.L1_SHARE, 1.0);
        var scorer = family.fit(data, lasso, context.withSteps(2)).scorer();
        float[] probes = new float[13 * 12];
        for (int j = 0; j < 12; j++) {
            probes[(j + 1) * 12 + j] = 1;
        }
        double[] out = Samples.score(scorer, Samples.matrix(12, probes));
        assertThat(out[1] - out[0]).isBetween(2.3, 3.0);
        assertThat(out[2] - out[0]).isBetween(-1.0, -0.3);
        assertThat(Arrays.stream(out, 3, 13).filter(value -> value == out[0]).count())
                .isGreaterThanOrEqualTo(8);
    }

    @Test
    void quantilesCoverTheirShareOfTheRows() {
        TrainingData data = Samples.real(4000, 2, 9, x -> 10 + 4 * x[0], z -> 2 * z);
        TrainingData task = Samples.withTask(data, new QuantileTask("y", List.of(0.1, 0.5, 0.9)));
        double[] out =
                Samples.score(family.fit(task, ridge, context.withSteps(12)).scorer(), data.features());
        for (int k = 0; k < 3; k++) {
            int level = k;
            long below = IntStream.range(0, 4000)
                    .filter(row -> data.target().value(row) <= out[3 * row + level])
                    .count();
            assertThat(below / 4000.0).isCloseTo(List.of(0.1, 0.5, 0.9).get(k), within(0.02));
        }
    }

    @Test
    void missingAndInfiniteCellsCountAsZero() {
        TrainingData data = Samples.logistic(200, 2, 6, x -> x[0]);
        var scorer = family.fit(data, ridge, context).scorer();
        assertThat(Samples.score(scorer, Samples.matrix(2, Float.NaN, 1))[0])
                .isEqualTo(Samples.score(scorer, Samples.matrix(2, 0, 1))[0]);
        float[] broken = data.features().denseArray().clone();
        broken[0] = Float.NaN;
        broken[3] = Float.POSITIVE_INFINITY;
        TrainingData holes =
                new TrainingData(data.task(), Samples.matrix(2, broken), data.target(), data.weights(), null);
        assertThat(Samples.score(family.fit(holes, ridge, context).scorer(), data.features()))
                .doesNotContain(Double.NaN);
    }

    @Test
    void aDeadlineInTheMiddleReturnsTheIterateReachedAndOneBeforeTheStartThrows() {
        TrainingData data = Samples.logistic(20_000, 10, 8, x -> 3 * x[0]);
        long[] now = {0};
        Ticker ticker = () -> now[0]++; // every look at the clock costs a nanosecond
        Deadline deadline = Deadline.after(Duration.ofNanos(60), ticker, new Cancellation());
        FittedModel model = family.fit(data, ridge, context.withDeadline(deadline));
        assertThat(Samples.loss(model.scorer(), data)).isLessThan(0.6);
        Deadline over = Deadline.after(Duration.ZERO);
        assertThatThrownBy(() -> family.fit(data, ridge, context.withDeadline(over)))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void largeDataStartFromASampleAndEndAtTheSameModel() {
        TrainingData data = Samples.real(150_000, 30, 12, x -> 100 + 7 * x[0] + x[5], z -> z);
        double[] out =
                Samples.score(family.fit(data, ridge, context.withSteps(9)).scorer(), data.features());
        double sum = 0;
        for (int row = 0; row < out.length; row++) {
            sum += Math.pow(out[row] - data.target().value(row), 2);
        }
        assertThat(sum / out.length).isCloseTo(1, within(0.02)); // the noise that was put in
    }

    @Test
    void equalArgumentsGiveEqualModels() {
        TrainingData data = Samples.logistic(500, 5, 13, x -> x[1]);
        TrainingData held = Samples.logistic(200, 5, 14, x -> x[1]);
        double[] first = Samples.score(
                family.fit(data.withValidation(held), ridge, context).scorer(), held.features());
        assertThat(Samples.score(
                        family.fit(data.withValidation(held), ridge, context).scorer(), held.features()))
                .isEqualTo(first);
    }

    @Test
    void constantTargetsAndAbsentClassesAreNoFault() {
        FeatureMatrix features = Samples.gaussian(20, 2, 1);
        TrainingData flat =
                new TrainingData(Samples.REAL, features, Target.ofValues(new double[20]), Weights.none(), null);
        assertThat(Samples.score(family.fit(flat, ridge, context).scorer(), features))
                .containsOnly(0.0);
        TrainingData absent = new TrainingData(
                Samples.classes(3),
                features,
                Target.ofLabels(new SplittableRandom(1).ints(20, 0, 2).toArray()),
                Weights.none(),
                null);
        double[] shares = Samples.score(family.fit(absent, ridge, context).scorer(), features);
        assertThat(Arrays.stream(shares).min().orElseThrow()).isGreaterThan(1e-9);
    }

    @Test
    void quantilesDoNotCrossFarFromTheData() {
        // The spread grows with x, so the lines meet at the left of the data.
        TrainingData data = Samples.real(500, 2, 9, x -> x[0], z -> z);
        double[] spread = new double[500];
        for (int row = 0; row < 500; row++) {
            spread[row] = data.target().value(row)
                    * Math.max(0.01, 2 + data.features().at(row, 0));
        }
        TrainingData task = new TrainingData(
                new QuantileTask("y", List.of(0.1, 0.5, 0.9)),
                data.features(),
                Target.ofValues(spread),
                Weights.none(),
                null);
        double[] out = Samples.score(family.fit(task, ridge, context).scorer(), Samples.matrix(2, -9, 0, 9, 0));
        assertThat(Arrays.copyOfRange(out, 0, 3)).isSorted();
        assertThat(Arrays.copyOfRange(out, 3, 6)).isSorted();
    }

    @Test
    void costsFollowMeasuredTimesOfSmallMiddleAndLargeData() {
        // Measured seconds of the path on one core: 0.2 (16,000 x 50), 2.1 (800,000 x 30), 0.5 (adult: 26,000 rows).
        assertThat(family.cost(ridge, new DataShape(Samples.BINARY, 16_000, 50, 0, 0, 0))
                        .seconds())
                .isBetween(0.1, 0.4);
        assertThat(family.cost(ridge, new DataShape(Samples.BINARY, 800_000, 30, 0, 0, 0))
                        .seconds())
                .isBetween(1.0, 4.0);
        assertThat(family.cost(ridge, new DataShape(Samples.BINARY, 26_000, 6, 8, 100, 0))
                        .seconds())
                .isBetween(0.25, 1.0);
    }

    @Test
    void startingPointsLieInTheSpace() {
        for (var task : List.of(Samples.BINARY, Samples.REAL)) {
            DataShape shape = new DataShape(task, 1000, 5, 2, 30, 1);
            assertThat(family.startingPoints(shape)).allMatch(family.space(shape)::contains);
            assertThat(family.cost(ridge, shape).seconds()).isPositive();
        }
    }
}
