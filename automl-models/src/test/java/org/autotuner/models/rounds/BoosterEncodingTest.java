package org.autotuner.models.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.autotuner.budget.Deadline;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.metric.Metrics;
import org.autotuner.model.Constraints;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.models.boost.LightGbmFamily;
import org.autotuner.models.boost.XgBoostFamily;
import org.autotuner.models.tree.HistogramBoostingFamily;
import org.autotuner.models.tree.OrderedBoostingFamily;
import org.autotuner.prepare.ImageSize;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.Prepared;
import org.autotuner.space.Configuration;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arithmetic on two numbers, as boosters ask for it. */
class BoosterEncodingTest {

    private static final Task TASK = new RegressionTask("y");
    private static final DataShape SHAPE = shape(4);

    static Stream<ModelFamily> families() {
        return Stream.of(
                new LightGbmFamily(), new XgBoostFamily(), new HistogramBoostingFamily(), new OrderedBoostingFamily());
    }

    private static DataShape shape(int numbers) {
        return new DataShape(TASK, 2_000, numbers, 2, 8, 0);
    }

    /** The ratio of two of four numbers, with noise. */
    private record Made(Table table, Target target) {

        static Made of(int rows, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] columns = new double[4][rows];
            double[] values = new double[rows];
            for (int row = 0; row < rows; row++) {
                for (double[] column : columns) {
                    column[row] = 1 + 9 * random.nextDouble();
                }
                values[row] = columns[0][row] / columns[1][row] + 0.02 * random.nextGaussian();
            }
            Table.Builder builder = Table.builder();
            for (int f = 0; f < columns.length; f++) {
                builder.column("n" + f, NumericColumn.of(columns[f]));
            }
            return new Made(builder.build(), Target.ofValues(values));
        }
    }

    private static double error(ModelFamily family, Configuration point) {
        Made train = Made.of(2_000, 1);
        Made test = Made.of(1_000, 2);
        Prepared prepared = family.preparation(point, SHAPE)
                .fit(train.table(), train.target(), Weights.none(), new PrepareContext(TASK, 1, Deadline.never()));
        TrainingData data = new TrainingData(TASK, prepared.features(), train.target(), Weights.none(), null);
        TrainingData others = new TrainingData(
                TASK, prepared.preparation().transform(test.table()), test.target(), Weights.none(), null);
        return others.error(
                family.fit(data, point, FitContext.of(Metrics.rmse(), 1).withSteps(100))
                        .scorer(),
                Metrics.rmse());
    }

    @Test
    void aRatioIsLearnedBetterWithArithmetic() {
        ModelFamily family = new HistogramBoostingFamily();
        Configuration plain = family.space(SHAPE).defaults();
        double without = error(family, plain);
        assertThat(error(family, plain.with(BoosterEncoding.ARITHMETIC, true))).isLessThan(0.9 * without);
        assertThat(error(family, plain.without(BoosterEncoding.ARITHMETIC.name())))
                .isEqualTo(without);
    }

    @ParameterizedTest
    @MethodSource("families")
    void theFirstPointIsPlainAndOneOfTheNextTwoIsNot(ModelFamily family) {
        List<Configuration> points = family.startingPoints(SHAPE);
        assertThat(points).allMatch(family.space(SHAPE)::contains);
        assertThat(points.get(0).get(BoosterEncoding.ARITHMETIC)).isFalse();
        Configuration other = points.subList(1, Math.min(3, points.size())).stream()
                .filter(point -> point.get(BoosterEncoding.ARITHMETIC))
                .findFirst()
                .orElseThrow();
        assertThat(family.preparation(points.get(0), SHAPE).id()).doesNotContain("arithmetic");
        assertThat(family.preparation(other, SHAPE).id()).contains("arithmetic");
        assertThat(family.cost(points.get(0).with(BoosterEncoding.ARITHMETIC, true), SHAPE)
                        .bytes())
                .isGreaterThan(family.cost(points.get(0), SHAPE).bytes());
    }

    @ParameterizedTest
    @MethodSource("families")
    void whereItChangesNothingItIsNoParameter(ModelFamily family) {
        Constraints increasing = Constraints.none().with("n0", Constraints.Direction.INCREASING);
        for (DataShape shape : List.of(
                shape(1), shape(151), SHAPE.withImage(new ImageSize(8, 8, 1)), SHAPE.withConstraints(increasing))) {
            assertThat(family.space(shape).parameters()).doesNotContain(BoosterEncoding.ARITHMETIC);
            assertThat(family.startingPoints(shape))
                    .allMatch(family.space(shape)::contains)
                    .noneMatch(point -> point.has(BoosterEncoding.ARITHMETIC));
        }
    }
}
