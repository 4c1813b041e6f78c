package org.autotuner.models.boost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.budget.MutableClock;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.autotuner.score.Scorer;
import org.autotuner.score.TreeEnsemble;
import org.autotuner.space.Configuration;
import org.autotuner.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class XgBoostFamilyTest {

    private final ModelFamily family = new XgBoostFamily();

    static Stream<Task> tasks() {
        return Stream.of(Tables.binary(), Tables.classes(4), Tables.value(), Tables.quantiles());
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void learnsWhatTheDataHold(Task task) {
        TrainingData data = Tables.of(task, 600, 3);
        Metric metric = Metrics.defaultFor(task);
        FittedModel model = family.fit(data, defaults(task), FitContext.of(metric, 1));
        ErrorCurve curve = model.curve();
        double best = curve.errors().stream().mapToDouble(d -> d).min().orElseThrow();
        assertThat(best).isLessThan(0.8 * curve.errors().get(0));
        assertThat(((TreeEnsemble) model.scorer()).rounds()).isEqualTo(curve.lastStep());
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void theCurveHoldsTheErrorsOfTheCutScorers(Task task) {
        TrainingData data = Tables.of(task, 300, 5);
        Metric metric = Metrics.defaultFor(task);
        FittedModel model = family.fit(data, defaults(task), FitContext.of(metric, 1));
        for (int i = 0; i < model.curve().steps().size(); i += 7) {
            double error = error(metric, model.scorer(model.curve().steps().get(i)), data.validation());
            assertThat(error).isCloseTo(model.curve().errors().get(i), org.assertj.core.api.Assertions.within(1e-4));
        }
    }

    @Test
    void stepsTrainExactlyThatManyRounds() {
        TrainingData data = Tables.alone(Tables.classes(3), 200, 1);
        FitContext context = FitContext.of(Metrics.logLoss(), 1).withSteps(17);
        FittedModel model = family.fit(data, defaults(data.task()), context);
        assertThat(((TreeEnsemble) model.scorer()).rounds()).isEqualTo(17);
        assertThat(model.curve().isEmpty()).isTrue();
    }

    @Test
    void theDeadlineEndsTheFitWithWhatWasLearned() {
        TrainingData data = Tables.of(Tables.binary(), 300, 1);
        Cancellation cancellation = new Cancellation();
        FitContext context = FitContext.of(Metrics.logLoss(), 1)
                .withDeadline(Deadline.unlimited(cancellation))
                .withProgress((step, error) -> {
                    cancellation.cancel();
                    return true;
                });
        FittedModel model = family.fit(data, defaults(data.task()), context);
        assertThat(((TreeEnsemble) model.scorer()).rounds()).isBetween(1, 2);
        assertThatThrownBy(() -> family.fit(data, defaults(data.task()), context))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void aListenerCanStopTheFit() {
        TrainingData data = Tables.of(Tables.binary(), 300, 1);
        FitContext context = FitContext.of(Metrics.logLoss(), 1).withProgress((step, error) -> step < 5);
        assertThat(family.fit(data, defaults(data.task()), context).curve().lastStep())
                .isEqualTo(5);
    }

    @Test
    void aMetricWithoutAValueStillGivesAModel() {
        TrainingData data = Tables.alone(Tables.binary(), 100, 1);
        int[] ones = java.util.stream.IntStream.range(0, 100)
                .filter(row -> data.target().label(row) == 1)
                .toArray();
        TrainingData same = new TrainingData(
                data.task(), data.features().select(ones), data.target().select(ones), data.weights(), null);
        FittedModel model =
                family.fit(data.withValidation(same), defaults(data.task()), FitContext.of(Metrics.rocAuc(), 1));
        assertThat(((TreeEnsemble) model.scorer()).rounds()).isBetween(20, 200);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void everyStartingPointLiesInTheSpaceAndTrains(Task task) {
        TrainingData data = Tables.alone(task, 60, 1);
        DataShape shape = shape(task);
        for (Configuration point : family.startingPoints(shape)) {
            assertThat(family.space(shape).contains(point)).as(point.toJson()).isTrue();
            assertThat(family.space(shape).parse(point.toJson())).isEqualTo(point);
            assertThat(family.cost(point, shape).seconds()).isPositive();
            family.fit(data, point, FitContext.of(Metrics.defaultFor(task), 1).withSteps(2));
        }
    }

    @Test
    void drawsFromTheSpaceTrain() {
        TrainingData data = Tables.alone(Tables.classes(3), 60, 1);
        DataShape shape = shape(data.task());
        for (long seed = 0; seed < 20; seed++) {
            Configuration drawn = family.space(shape).sample(new SplittableRandom(seed));
            FittedModel model = family.fit(
                    data, drawn, FitContext.of(Metrics.logLoss(), seed).withSteps(2));
            assertThat(model.scorer().outputs()).as("seed " + seed).isEqualTo(3);
        }
    }

    @Test
    void littleTimeRaisesTheLearningRateAndMuchTimeKeepsIt() {
        TrainingData data = Tables.of(Tables.classes(8), 3000, 1);
        Configuration slow = defaults(data.task()).with(XgBoostSpace.LEARNING_RATE, 0.01);
        FitContext context = FitContext.of(Metrics.logLoss(), 1).withDeadline(Deadline.after(Duration.ofMinutes(1)));
        assertThat(family.adapt(slow, data, context)).isEqualTo(slow);
        assertThat(family.adapt(slow, data, context.withSecondsShare(1e6))).isEqualTo(slow);
        Configuration hurried = family.adapt(slow, data, context.withSecondsShare(0.05));
        assertThat(hurried.get(XgBoostSpace.LEARNING_RATE)).isEqualTo(0.3);
        assertThat(hurried.get(XgBoostSpace.MAX_DEPTH)).isLessThan(6);
        assertThat(family.space(shape(data.task())).contains(hurried)).isTrue();
    }

    @Test
    void aDeadlineThatIsOverIsReportedBeforeAnythingIsTrained() {
        TrainingData data = Tables.of(Tables.binary(), 100, 1);
        Deadline over = Deadline.after(Duration.ZERO, new MutableClock(), new Cancellation());
        assertThatThrownBy(() -> family.fit(
                        data,
                        defaults(data.task()),
                        FitContext.of(Metrics.logLoss(), 1).withDeadline(over)))
                .isInstanceOf(DeadlineExceededException.class);
    }

    private Configuration defaults(Task task) {
        return family.startingPoints(shape(task)).get(0);
    }

    private static DataShape shape(Task task) {
        return new DataShape(task, 600, 2, 2, 65, 0);
    }

    private static double error(Metric metric, Scorer scorer, TrainingData data) {
        Predictions predictions = Predictions.of(data.task(), Tables.score(scorer, data.features()));
        return metric.error(data.target(), predictions, data.weights());
    }
}
