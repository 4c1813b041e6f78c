package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.autotuner.metric.Metrics;
import org.autotuner.model.Constraints;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Constraints hold wherever one looks, also where the data speaks against them. */
class ConstraintsTest {

    private static final int ROWS = 2_000;
    private static final int WIDTH = 4;
    private static final int PAIRS = 10_000;
    private static final List<Feature> FEATURES = List.of(
            new Feature("up", "up", 0),
            new Feature("down", "down", 0),
            new Feature("free", "free", 0),
            new Feature("level", "level", 40));
    private static final Task VALUE = new RegressionTask("y");
    private static final Task TWO = new BinaryTask("y", "no", "yes");
    private static final Constraints MONOTONE = Constraints.none()
            .with("up", Constraints.Direction.INCREASING)
            .with("down", Constraints.Direction.DECREASING);

    /** A family with settings other than its defaults. */
    private record Learner(ModelFamily family, UnaryOperator<Configuration> settings) {

        @Override
        public String toString() {
            return family.id();
        }
    }

    static Stream<Learner> families() {
        return Stream.of(
                new Learner(new HistogramBoostingFamily(), defaults -> defaults),
                new Learner(new AdditiveBoostingFamily(), defaults -> defaults.with(
                                AdditiveBoostingFamily.LEARNING_RATE, 0.2)
                        .with(AdditiveBoostingFamily.LEAVES, 4)),
                new Learner(new OrderedBoostingFamily(), defaults -> defaults),
                new Learner(new OrderedBoostingFamily(), defaults -> defaults.without("depth")
                        .with(OrderedBoostingSpace.GROW_POLICY, "leaf_wise")
                        .with(OrderedBoostingSpace.LEAVES, 31)));
    }

    /** A wave along both columns with directions, their product, a category of 40 levels, some cells missing. */
    private static TrainingData made(Task task) {
        SplittableRandom random = new SplittableRandom(7);
        float[] dense = new float[WIDTH * ROWS];
        double[] values = new double[ROWS];
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            float[] cells = cells(random);
            System.arraycopy(cells, 0, dense, WIDTH * row, WIDTH);
            double wave = Math.sin(5 * cells[0]) + Math.cos(7 * cells[1]) + 2 * cells[0] * cells[1] + cells[3] % 3;
            values[row] = wave + 0.2 * random.nextGaussian();
            labels[row] = values[row] > 1.5 ? 1 : 0;
            if (random.nextInt(15) == 0) {
                dense[WIDTH * row + random.nextInt(3)] = Float.NaN;
            }
        }
        return new TrainingData(
                task,
                FeatureMatrix.dense(FEATURES, ROWS, dense),
                task == TWO ? Target.ofLabels(labels) : Target.ofValues(values),
                Weights.none(),
                null);
    }

    private static float[] cells(SplittableRandom random) {
        return new float[] {
            (float) random.nextDouble(), (float) random.nextDouble(), (float) random.nextDouble(), random.nextInt(40)
        };
    }

    private static Scorer fitted(Learner learner, Task task, Constraints constraints) {
        DataShape shape = new DataShape(task, ROWS, 3, 0, 1, 40, 0).withConstraints(constraints);
        FitContext context = FitContext.of(task == TWO ? Metrics.logLoss() : Metrics.rmse(), 3)
                .withSteps(60)
                .withConstraints(constraints);
        Configuration settings =
                learner.settings().apply(learner.family().space(shape).defaults());
        return learner.family().fit(made(task), settings, context).scorer();
    }

    private static double score(Scorer scorer, float... cells) {
        double[] out = new double[scorer.outputs()];
        scorer.score(FeatureMatrix.dense(FEATURES, 1, cells).cursor().to(0), out);
        return out[out.length - 1];
    }

    /** Of random pairs of rows that differ in one column only, how many turn. */
    private static int turns(Scorer scorer, int column, int direction) {
        SplittableRandom random = new SplittableRandom(11 + column);
        int turns = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            float[] low = cells(random);
            float[] high = low.clone();
            high[column] = low[column] + (1 - low[column]) * (float) random.nextDouble();
            turns += direction * (score(scorer, high) - score(scorer, low)) < 0 ? 1 : 0;
        }
        return turns;
    }

    @ParameterizedTest
    @MethodSource("families")
    void predictionsDoNotTurnAlongColumnsWithADirection(Learner family) {
        for (Task task : List.of(VALUE, TWO)) {
            Scorer free = fitted(family, task, Constraints.none());
            assertThat(turns(free, 0, 1)).isGreaterThan(PAIRS / 20);
            assertThat(turns(free, 1, -1)).isGreaterThan(PAIRS / 20);
            Scorer scorer = fitted(family, task, MONOTONE);
            assertThat(turns(scorer, 0, 1)).isZero();
            assertThat(turns(scorer, 1, -1)).isZero();
            // still a model: along the free column and the category it may turn, and it is no constant
            assertThat(turns(scorer, 0, -1)).isGreaterThan(PAIRS / 20);
        }
    }

    private static double together(Scorer scorer, float[] one, float[] other, int a, int b) {
        float[] both = one.clone();
        both[a] = other[a];
        both[b] = other[b];
        float[] first = one.clone();
        first[a] = other[a];
        float[] second = one.clone();
        second[b] = other[b];
        return score(scorer, one) + score(scorer, both) - score(scorer, first) - score(scorer, second);
    }

    @ParameterizedTest
    @MethodSource("families")
    void columnsOfDifferentGroupsOnlyAddUp(Learner family) {
        Constraints apart =
                Constraints.none().withInteraction(Set.of("up", "free")).withInteraction(Set.of("down", "free"));
        Scorer free = fitted(family, VALUE, Constraints.none());
        Scorer scorer = fitted(family, VALUE, apart);
        SplittableRandom random = new SplittableRandom(5);
        double most = 0;
        double mostTogether = 0;
        for (int pair = 0; pair < 500; pair++) {
            float[] one = cells(random);
            float[] other = cells(random);
            most = Math.max(most, Math.abs(together(free, one, other, 0, 1)));
            mostTogether = Math.max(mostTogether, Math.abs(together(scorer, one, other, 0, 2)));
            assertThat(together(scorer, one, other, 0, 1)).isEqualTo(0, within(1e-9));
            // in no group, so that it acts with none of the others
            assertThat(together(scorer, one, other, 3, 0)).isEqualTo(0, within(1e-9));
        }
        assertThat(most).isGreaterThan(0.5);
        assertThat(mostTogether).isGreaterThan(0.01);
    }
}
