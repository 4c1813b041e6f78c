package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class TargetStatisticsTest {

    private static final PreparationPlan PLAN = PreparationPlan.forTrees().withTargetStatistics(false);

    private static int feature(FittedPreparation fitted, String name) {
        return fitted.features().stream().map(Feature::name).toList().indexOf(name);
    }

    /** Share of pairs of a positive and a negative row in which the positive one has the larger value. */
    private static double auc(FeatureMatrix matrix, int feature, int[] labels) {
        double wins = 0;
        double pairs = 0;
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < labels.length && labels[i] == 1; j++) {
                if (labels[j] == 0) {
                    float a = matrix.at(i, feature);
                    float b = matrix.at(j, feature);
                    wins += a > b ? 1 : a == b ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return wins / pairs;
    }

    private static CategoricalColumn random(int rows, int levels, long seed) {
        List<String> names = IntStream.range(0, levels).mapToObj(i -> "l" + i).toList();
        return CategoricalColumn.of(
                new SplittableRandom(seed).ints(rows, 0, levels).toArray(), names);
    }

    @Test
    void noiseStaysNoiseForTrainingRowsWhereANaiveEncodingWouldLeakTheTarget() {
        double total = 0;
        double naive = 0;
        for (int seed = 0; seed < 4; seed++) {
            int[] labels = new SplittableRandom(seed + 50).ints(2000, 0, 2).toArray();
            Table table =
                    Table.builder().column("noise", random(2000, 400, seed)).build();
            Prepared prepared = PLAN.fit(
                    table, Target.ofLabels(labels), Weights.none(), RandomTables.context(RandomTables.BINARY, seed));
            int at = feature(prepared.preparation(), "noise#target");
            total += auc(prepared.features(), at, labels) / 4;
            naive += auc(prepared.preparation().transform(table), at, labels) / 4;
        }
        assertThat(total).isCloseTo(0.5, within(0.03));
        assertThat(naive).isGreaterThan(0.65);
    }

    @Test
    void newRowsGetTheSmoothedMeanOfAllTrainingRowsAndUnseenLevelsThePrior() {
        List<String> levels = List.of("a", "b", "c");
        Table table = Table.builder()
                .column("c", CategoricalColumn.of(new int[] {0, 0, 0, 1, 1, 2, 2, -1}, levels))
                .build();
        Prepared prepared = PLAN.fit(
                table,
                Target.ofLabels(1, 1, 0, 0, 0, 1, 0, 1),
                Weights.none(),
                RandomTables.context(RandomTables.BINARY, 1));
        FeatureMatrix asked = prepared.preparation()
                .transform(Table.builder()
                        .column("c", CategoricalColumn.of(new int[] {0, 1, 2, -1, -2}, levels))
                        .build());
        int at = feature(prepared.preparation(), "c#target");
        // (sum + prior) / (count + 1) with prior 4/8, by definition.
        assertThat(asked.at(0, at)).isEqualTo((float) ((2 + 0.5) / 4));
        assertThat(asked.at(1, at)).isEqualTo((float) (0.5 / 3));
        assertThat(asked.at(2, at)).isEqualTo((float) (1.5 / 3));
        assertThat(asked.at(3, at)).isEqualTo((float) (1.5 / 2));
        assertThat(asked.at(4, at)).isEqualTo(0.5f);
        assertThat(asked.at(0, at + 1)).isEqualTo((float) Math.log(4));
        assertThat(asked.at(4, at + 1)).isZero();
    }

    @Test
    void weightsEnterTheStatisticsAndRowsOfWeightZeroTeachNothing() {
        List<String> levels = List.of("a", "b", "c", "d");
        int[] codes = {0, 0, 1, 1, 2, 2, 3};
        int[] labels = {1, 0, 1, 0, 1, 0, 1};
        Table table =
                Table.builder().column("c", CategoricalColumn.of(codes, levels)).build();
        Prepared prepared = PLAN.fit(
                table,
                Target.ofLabels(labels),
                Weights.of(3, 1, 1, 3, 2, 2, 0),
                RandomTables.context(RandomTables.BINARY, 1));
        FeatureMatrix asked = prepared.preparation().transform(table);
        int at = feature(prepared.preparation(), "c#target");
        assertThat(asked.at(0, at)).isEqualTo((float) ((3 + 0.5) / 5));
        assertThat(asked.at(2, at)).isEqualTo((float) ((1 + 0.5) / 5));
        assertThat(asked.at(6, at)).isEqualTo(0.5f);
    }

    @Test
    void pairsThatDecideTheTargetAreFoundAndExact() {
        int rows = 4000;
        CategoricalColumn a = random(rows, 20, 1);
        CategoricalColumn b = random(rows, 20, 2);
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = (a.code(row) + b.code(row)) % 2;
        }
        Table table = Table.builder()
                .column("noise", random(rows, 20, 3))
                .column("a", a)
                .column("b", b)
                .build();
        Prepared prepared = PreparationPlan.forTrees()
                .withTargetStatistics(true)
                .fit(table, Target.ofLabels(labels), Weights.none(), RandomTables.context(RandomTables.BINARY, 1));
        int at = feature(prepared.preparation(), "a*b#target");
        assertThat(at).isPositive();
        assertThat(auc(prepared.features(), at, labels)).isGreaterThan(0.95);
        assertThat(auc(prepared.preparation().transform(table), at, labels)).isEqualTo(1.0);
    }

    @Test
    void numbersThatAreReallyCategoriesGetStatisticsBesideTheirNumber() {
        int rows = 5000;
        SplittableRandom random = new SplittableRandom(7);
        double[] ids = new double[rows];
        double[] smooth = new double[rows];
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            ids[row] = random.nextInt(300);
            smooth[row] = random.nextInt(300);
            values[row] = new SplittableRandom((long) ids[row]).nextDouble() + smooth[row] / 300;
        }
        Prepared prepared = PLAN.fit(
                Table.builder()
                        .column("id", NumericColumn.of(ids))
                        .column("smooth", NumericColumn.of(smooth))
                        .build(),
                Target.ofValues(values),
                Weights.none(),
                RandomTables.context(new RegressionTask("y"), 1));
        List<String> names = new ArrayList<>();
        prepared.features().features().forEach(feature -> names.add(feature.name()));
        assertThat(names).containsExactly("id", "smooth", "id#target", "id#count");
    }
}
