package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.error.DataException;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.ForestScorer;
import org.autotuner.score.Scorer;
import org.autotuner.score.TreeEnsemble;
import org.autotuner.space.Configuration;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForestFamilyTest {

    private static final Task BINARY = new BinaryTask("y", "no", "yes");
    private static final Task VALUE = new RegressionTask("y");
    private static final Task CLASSES = new MulticlassTask("y", List.of("a", "b", "c"));
    private static final Task QUANTILES = new QuantileTask("y", List.of(0.1, 0.5, 0.9));

    static Stream<ModelFamily> families() {
        return Stream.of(new RandomForestFamily(), new ExtraTreesFamily());
    }

    @ParameterizedTest
    @MethodSource("families")
    void theChessboardThatNoLineSeparatesIsLearned(ModelFamily family) {
        for (Task task : List.of(BINARY, CLASSES)) {
            TrainingData test = board(task, 500, 2);
            Predictions predictions = predict(fit(family, board(task, 1500, 1), 60), test);
            double accuracy = Metrics.accuracy().score(test.target(), predictions, Weights.none());
            assertThat(accuracy).as("%s %s", family.id(), task.kind()).isGreaterThan(0.9);
            double loss = Metrics.logLoss().score(test.target(), predictions, Weights.none());
            assertThat(loss).as("%s %s", family.id(), task.kind()).isLessThan(0.45);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void valuesFarFromZeroAreLearned(ModelFamily family) {
        TrainingData test = board(VALUE, 400, 2);
        Predictions predictions = predict(fit(family, board(VALUE, 1500, 1), 60), test);
        assertThat(Metrics.r2().score(test.target(), predictions, Weights.none()))
                .isGreaterThan(0.85);
    }

    @ParameterizedTest
    @MethodSource("families")
    void quantilesCoverTheirShareAndIncrease(ModelFamily family) {
        SplittableRandom random = new SplittableRandom(3);
        float[] cells = new float[2000];
        double[] values = new double[2000];
        for (int row = 0; row < 2000; row++) {
            cells[row] = random.nextFloat();
            values[row] = (1 + cells[row]) * random.nextGaussian();
        }
        TrainingData data = data(QUANTILES, 1, cells, Target.ofValues(values));
        Configuration point = family.startingPoints(shape(QUANTILES)).get(0).with(ForestSpace.MIN_LEAF, 32);
        Scorer scorer = family.fit(data, point.with(ForestSpace.TREES, 40), FitContext.of(Metrics.pinball(), 1))
                .scorer();
        Predictions predictions = predict(scorer, data);
        int below = 0;
        for (int row = 0; row < 2000; row++) {
            assertThat(predictions.output(row, 0)).isLessThanOrEqualTo(predictions.output(row, 1));
            assertThat(predictions.output(row, 1)).isLessThanOrEqualTo(predictions.output(row, 2));
            below += values[row] < predictions.output(row, 2) ? 1 : 0;
        }
        assertThat(below / 2000.0).isBetween(0.85, 0.97);
    }

    @ParameterizedTest
    @MethodSource("families")
    void equalSeedsGiveEqualForests(ModelFamily family) {
        TrainingData data = board(CLASSES, 300, 1);
        TrainingData test = board(CLASSES, 50, 2);
        List<double[]> outputs = Stream.of(5, 5, 6)
                .parallel()
                .map(seed -> predict(
                                family.fit(data, small(family, CLASSES), FitContext.of(Metrics.logLoss(), seed))
                                        .scorer(),
                                test)
                        .toArray())
                .toList();
        assertThat(outputs.get(1)).isEqualTo(outputs.get(0));
        assertThat(outputs.get(2)).isNotEqualTo(outputs.get(0));
    }

    @ParameterizedTest
    @MethodSource("families")
    void missingCellsAreInformation(ModelFamily family) {
        SplittableRandom random = new SplittableRandom(1);
        float[] cells = new float[600];
        int[] labels = new int[600];
        for (int row = 0; row < 600; row++) {
            labels[row] = random.nextInt(2);
            cells[row] = labels[row] == 1 ? Float.NaN : random.nextFloat();
        }
        TrainingData data = data(BINARY, 1, cells, Target.ofLabels(labels));
        Scorer scorer = fit(family, data, 30);
        Predictions predictions =
                predict(scorer, data(BINARY, 1, new float[] {Float.NaN, 0.3f, 1e30f}, Target.ofLabels(0, 0, 0)));
        assertThat(predictions.output(0, 0)).isGreaterThan(0.95);
        assertThat(predictions.output(1, 0)).isLessThan(0.05);
        assertThat(predictions.output(2, 0)).isLessThan(0.05);
    }

    @ParameterizedTest
    @MethodSource("families")
    void rowsOfWeightZeroTeachNothing(ModelFamily family) {
        TrainingData data = board(VALUE, 200, 1);
        double[] values = IntStream.range(0, 200)
                .mapToDouble(row -> row < 100 ? data.target().value(row) : 1e9)
                .toArray();
        double[] weights =
                IntStream.range(0, 200).mapToDouble(row -> row < 100 ? 2 : 0).toArray();
        TrainingData weighted =
                new TrainingData(VALUE, data.features(), Target.ofValues(values), Weights.of(weights), null);
        double[] outputs = predict(fit(family, weighted, 20), data).toArray();
        assertThat(Arrays.stream(outputs).max().orElseThrow()).isLessThan(1e6);
    }

    @ParameterizedTest
    @MethodSource("families")
    void oneRowOneClassAndConstantColumnsFit(ModelFamily family) {
        for (Task task : List.of(BINARY, CLASSES, VALUE, QUANTILES)) {
            for (int rows : new int[] {1, 20}) {
                Target target =
                        task.isClassification() ? Target.ofLabels(new int[rows]) : Target.ofValues(new double[rows]);
                TrainingData data = data(task, 2, new float[2 * rows], target);
                assertThat(predict(fit(family, data, 10), data).toArray()).doesNotContain(Double.NaN);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void noTimeIsReportedAndLittleTimeGivesFewerTrees(ModelFamily family) {
        TrainingData data = board(BINARY, 3000, 1);
        Cancellation cancellation = new Cancellation();
        FitContext context = FitContext.of(Metrics.rocAuc(), 1).withDeadline(Deadline.unlimited(cancellation));
        cancellation.cancel();
        assertThatThrownBy(() -> family.fit(data, small(family, BINARY), context))
                .isInstanceOf(DeadlineExceededException.class);
        TrainingData large = board(BINARY, 20_000, 1);
        FitContext hurried =
                FitContext.of(Metrics.rocAuc(), 1).withDeadline(Deadline.after(java.time.Duration.ofMillis(700)));
        TreeEnsemble trees = (TreeEnsemble)
                family.fit(large, family.startingPoints(shape(BINARY)).get(0).with(ForestSpace.TREES, 500), hurried)
                        .scorer();
        assertThat(trees.trees()).isBetween(2, 490);
    }

    @ParameterizedTest
    @MethodSource("families")
    void treesAreCutToTheShareOfTime(ModelFamily family) {
        TrainingData data = board(BINARY, 3000, 1);
        Configuration point = family.startingPoints(shape(BINARY)).get(0);
        FitContext context = FitContext.of(Metrics.rocAuc(), 1);
        assertThat(family.adapt(point, data, context)).isEqualTo(point);
        assertThat(family.adapt(point, data, context.withSecondsShare(1e4))).isEqualTo(point);
        assertThat(family.adapt(point, data, context.withSecondsShare(1e-4)).get(ForestSpace.TREES))
                .isEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("families")
    void startingPointsAndDrawsLieInTheSpaceAndFit(ModelFamily family) {
        for (Task task : List.of(BINARY, CLASSES, VALUE, QUANTILES)) {
            DataShape shape = shape(task);
            for (Configuration point : family.startingPoints(shape)) {
                assertThat(family.space(shape).contains(point))
                        .as(point.toJson())
                        .isTrue();
                assertThat(family.cost(point, shape).seconds()).isPositive();
            }
            Configuration drawn =
                    family.space(shape).sample(new SplittableRandom(4)).with(ForestSpace.TREES, 10);
            Scorer scorer = family.fit(board(task, 100, 1), drawn, FitContext.of(Metrics.defaultFor(task), 1))
                    .scorer();
            assertThat(scorer.outputs()).isEqualTo(task.outputs());
        }
    }

    @Test
    void theNumberOfTreesIsAsAskedAndOneVoteForAllRows() {
        Scorer forest = fit(new RandomForestFamily(), board(CLASSES, 100, 1), 12);
        assertThat(((ForestScorer) forest).trees()).isEqualTo(13);
        assertThatThrownBy(() -> fit(new RandomForestFamily(), data(BINARY, 0, new float[0], Target.ofLabels(0, 1)), 3))
                .isInstanceOf(DataException.class);
    }

    @Test
    void cutsSeparateAllValuesWhereThereAreFew() {
        Bins bins = bins(matrix(1, new float[] {3, 1, Float.NaN, 2, -0f, 0f, Float.POSITIVE_INFINITY}));
        assertThat(bins.ranks(0)).containsExactly(4, 2, 0, 3, 1, 1, 5);
        assertThat(bins.threshold(0, 2)).isEqualTo(1.5f);
        assertThat(bins.threshold(0, 4)).isGreaterThanOrEqualTo(3).isLessThan(Float.POSITIVE_INFINITY);
        assertThat(bins.hasMissing(0)).isTrue();
    }

    @Test
    void manyValuesGetEvenRanks() {
        float[] values = new float[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.exp(i / 1000.0);
        }
        Bins bins = bins(matrix(1, values));
        int[] counts = new int[256];
        for (byte rank : bins.ranks(0)) {
            counts[rank & 0xff]++;
        }
        assertThat(counts[0]).isZero();
        assertThat(Arrays.stream(counts).max().orElseThrow()).isCloseTo(10_000 / 254, within(3));
    }

    private static Configuration small(ModelFamily family, Task task) {
        return family.startingPoints(shape(task)).get(0).with(ForestSpace.TREES, 10);
    }

    private static Scorer fit(ModelFamily family, TrainingData data, int trees) {
        Configuration point = family.startingPoints(shape(data.task()))
                .get(0)
                .with(ForestSpace.TREES, Math.max(10, trees))
                .with(ForestSpace.MAX_FEATURES, "all");
        return family.fit(data, point, FitContext.of(Metrics.defaultFor(data.task()), 1))
                .scorer();
    }

    private static DataShape shape(Task task) {
        return new DataShape(task, 1500, 3, 1, 9, 0);
    }

    /** A 4 x 4 board of fields whose colours repeat, and a column of noise. */
    private static TrainingData board(Task task, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] cells = new float[3 * rows];
        int[] colour = new int[rows];
        int colours = task.isClassification() ? Math.max(2, task.outputs()) : 3;
        for (int row = 0; row < rows; row++) {
            double x = 4 * random.nextDouble();
            double y = 4 * random.nextDouble();
            cells[3 * row] = (float) x;
            cells[3 * row + 1] = (float) y;
            cells[3 * row + 2] = (float) random.nextGaussian();
            colour[row] = ((int) x + (int) y) % colours;
        }
        Target target = task.isClassification()
                ? Target.ofLabels(colour)
                : Target.ofValues(
                        IntStream.of(colour).mapToDouble(c -> 1e5 + 10 * c).toArray());
        return data(task, 3, cells, target);
    }

    private static TrainingData data(Task task, int width, float[] cells, Target target) {
        List<Feature> features = IntStream.range(0, width)
                .mapToObj(j -> new Feature("x" + j, "x" + j, 0))
                .toList();
        return new TrainingData(
                task, FeatureMatrix.dense(features, target.size(), cells), target, Weights.none(), null);
    }

    private static Bins bins(FeatureMatrix matrix) {
        return Workers.with(1, workers -> Bins.of(matrix, Bins.MOST_CUTS, workers, Deadline.never()));
    }

    private static FeatureMatrix matrix(int width, float[] cells) {
        return data(VALUE, width, cells, Target.ofValues(new double[cells.length / width]))
                .features();
    }

    private static Predictions predict(Scorer scorer, TrainingData data) {
        double[] all = new double[data.rows() * data.task().outputs()];
        double[] one = new double[data.task().outputs()];
        var cursor = data.features().cursor();
        for (int row = 0; row < data.rows(); row++) {
            scorer.score(cursor.to(row), one);
            System.arraycopy(one, 0, all, row * one.length, one.length);
        }
        return Predictions.of(data.task(), all);
    }
}
