package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderedBoostingTest {

    private static final OrderedBoostingFamily FAMILY = new OrderedBoostingFamily();
    private static final BinaryTask TASK = new BinaryTask("y", "no", "yes");

    static List<Configuration> shapes() {
        Configuration symmetric =
                FAMILY.space(new DataShape(TASK, 1_000, 1, 2, 400, 0)).defaults();
        Configuration leafWise = symmetric
                .without("depth")
                .with(OrderedBoostingSpace.GROW_POLICY, "leaf_wise")
                .with(OrderedBoostingSpace.LEAVES, 16);
        return List.of(symmetric, leafWise, symmetric.with(OrderedBoostingSpace.BOOSTING_TYPE, "ordered"));
    }

    /** A number, and a category of so many levels with a log odds of its own each; of fewer rows than three per level. */
    private static TrainingData made(int rows, int levels, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] odds = new SplittableRandom(99).doubles(levels, -3, 3).toArray();
        float[] dense = new float[3 * rows];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            int level = random.nextInt(levels);
            float x = (float) random.nextGaussian();
            dense[3 * row] = random.nextInt(20) == 0 ? Float.NaN : x;
            dense[3 * row + 1] = level;
            dense[3 * row + 2] = random.nextInt(3);
            labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-odds[level] - x)) ? 1 : 0;
        }
        List<Feature> features =
                List.of(new Feature("x", "x", 0), new Feature("level", "level", levels), new Feature("few", "few", 3));
        return new TrainingData(
                TASK, FeatureMatrix.dense(features, rows, dense), Target.ofLabels(labels), Weights.none(), null);
    }

    private static Scorer fitted(Configuration shape, TrainingData data, int rounds, int threads) {
        FitContext context =
                FitContext.of(Metrics.logLoss(), 5).withSteps(rounds).withThreads(threads);
        return FAMILY.fit(data, shape, context).scorer();
    }

    private static double[] probabilities(Scorer scorer, FeatureMatrix rows) {
        double[] all = new double[rows.rows()];
        double[] out = new double[scorer.outputs()];
        var row = rows.cursor();
        for (int i = 0; i < all.length; i++) {
            scorer.score(row.to(i), out);
            all[i] = out[out.length - 1];
        }
        return all;
    }

    private static double logLoss(double[] probabilities, Target target) {
        double sum = 0;
        for (int row = 0; row < probabilities.length; row++) {
            double p = target.label(row) == 1 ? probabilities[row] : 1 - probabilities[row];
            sum -= Math.log(Math.max(1e-15, p)) / probabilities.length;
        }
        return sum;
    }

    /**
     * A statistic in which rows see themselves would tell the target of rare levels while training, and be trusted far too much:
     * the loss on new rows would be above that of knowing nothing.
     */
    @ParameterizedTest
    @MethodSource("shapes")
    void rareLevelsAreNotTrustedMoreThanTheyDeserve(Configuration shape) {
        TrainingData train = made(3_000, 1_200, 1);
        TrainingData test = made(3_000, 1_200, 2);
        Scorer scorer = fitted(shape, train, 150, 1);
        double onTrain = logLoss(probabilities(scorer, train.features()), train.target());
        double onTest = logLoss(probabilities(scorer, test.features()), test.target());
        assertThat(onTest).isLessThan(0.66); // ln 2 is 0.69
        assertThat(onTest - onTrain).isLessThan(0.25);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void anyNumberOfThreadsAndAnotherRunGiveTheSameModel(Configuration shape) {
        TrainingData data = made(6_000, 200, 3);
        double[] one = probabilities(fitted(shape, data, 20, 1), data.features());
        for (int threads : new int[] {1, 2, 4}) {
            assertThat(probabilities(fitted(shape, data, 20, threads), data.features()))
                    .as("%d threads", threads)
                    .isEqualTo(one);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aLevelThatTrainingDidNotHaveCountsAsThePrior(Configuration shape) {
        TrainingData data = made(4_000, 300, 4);
        Scorer scorer = fitted(shape, data, 60, 1);
        float[] rows = {0, Float.NaN, 1, 0, 299, 1};
        double[] got = probabilities(scorer, FeatureMatrix.dense(data.features().features(), 2, rows));
        double mean = 0;
        for (int row = 0; row < 4_000; row++) {
            mean += data.target().label(row) / 4_000.0;
        }
        assertThat(got[0]).isBetween(mean - 0.2, mean + 0.2);
        assertThat(got[1]).isNotNaN();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void oddTablesGiveModels(Configuration shape) {
        List<TrainingData> odd = new ArrayList<>();
        odd.add(table(new float[] {1, 0, 1, 0}, 0, new int[] {0, 1}));
        odd.add(table(new float[] {Float.NaN, Float.NaN, Float.NaN, Float.NaN}, 0, new int[] {0, 1}));
        odd.add(table(new float[] {7, 0}, 0, new int[] {1}));
        float[] many = new float[20_000];
        int[] labels = new int[10_000];
        for (int row = 0; row < 10_000; row++) {
            many[2 * row] = row;
            labels[row] = row % 2;
        }
        odd.add(table(many, 10_000, labels));
        for (TrainingData data : odd) {
            double[] got = probabilities(fitted(shape, data, 5, 1), data.features());
            assertThat(got).doesNotContain(Double.NaN);
            assertThat(java.util.Arrays.stream(got)).allMatch(p -> p >= 0 && p <= 1);
        }
    }

    private static TrainingData table(float[] dense, int levels, int[] labels) {
        List<Feature> features = List.of(new Feature("a", "a", levels), new Feature("b", "b", 0));
        return new TrainingData(
                TASK,
                FeatureMatrix.dense(features, labels.length, dense),
                Target.ofLabels(labels),
                Weights.none(),
                null);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void rowsOfNoWeightTeachNothing(Configuration shape) {
        TrainingData data = made(2_000, 50, 6);
        double[] weights = new double[2_000];
        int[] turned = new int[2_000];
        for (int row = 0; row < 2_000; row++) {
            weights[row] = row < 1_500 ? 1 : 0;
            turned[row] =
                    row < 1_500 ? data.target().label(row) : 1 - data.target().label(row);
        }
        TrainingData one = new TrainingData(TASK, data.features(), data.target(), Weights.of(weights), null);
        TrainingData other =
                new TrainingData(TASK, data.features(), Target.ofLabels(turned), Weights.of(weights), null);
        assertThat(probabilities(fitted(shape, one, 20, 1), data.features()))
                .isEqualTo(probabilities(fitted(shape, other, 20, 1), data.features()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theDeadlineLeavesTheTreesThatAreFinished(Configuration shape) {
        TrainingData data = made(60_000, 500, 7);
        FitContext context = FitContext.of(Metrics.logLoss(), 5)
                .withSteps(100_000)
                .withDeadline(Deadline.after(Duration.ofSeconds(3)));
        Scorer scorer = FAMILY.fit(data, shape, context).scorer();
        assertThat(probabilities(scorer, data.features())).doesNotContain(Double.NaN);
    }
}
