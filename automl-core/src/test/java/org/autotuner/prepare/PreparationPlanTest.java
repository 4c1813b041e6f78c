package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.budget.MutableClock;
import org.autotuner.bundle.Node;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class PreparationPlanTest {

    private static final Weights NONE = Weights.none();

    static Prepared fit(PreparationPlan plan, Table table, Target target) {
        return plan.fit(table, target, NONE, RandomTables.context(RandomTables.BINARY, 1));
    }

    static List<String> names(Prepared prepared) {
        return prepared.preparation().features().stream().map(Feature::name).toList();
    }

    static float[] column(FeatureMatrix matrix, String name) {
        List<String> names = matrix.features().stream().map(Feature::name).toList();
        assertThat(names).contains(name);
        float[] values = new float[matrix.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = matrix.at(row, names.indexOf(name));
        }
        return values;
    }

    static void assertSame(FeatureMatrix one, FeatureMatrix other, String hint) {
        assertThat(Arrays.equals(one.denseArray(), other.denseArray())).as(hint).isTrue();
        assertThat(one.features()).as(hint).isEqualTo(other.features());
        assertThat(one.sparseWidth()).as(hint).isEqualTo(other.sparseWidth());
        if (one.sparse() != null) {
            SparseRows a = one.sparse();
            SparseRows b = Objects.requireNonNull(other.sparse());
            for (int row = 0; row < a.rows(); row++) {
                assertThat(a.end(row) - a.start(row)).as(hint).isEqualTo(b.end(row) - b.start(row));
                for (int i = 0; i < a.end(row) - a.start(row); i++) {
                    assertThat(a.index(a.start(row) + i)).as(hint).isEqualTo(b.index(b.start(row) + i));
                    assertThat(a.value(a.start(row) + i)).as(hint).isEqualTo(b.value(b.start(row) + i));
                }
            }
        }
    }

    @Test
    void oneRowAndAWholeTableGiveTheSameNumbers() {
        for (int seed = 0; seed < 3; seed++) {
            Task task = RandomTables.task(seed);
            Table train = RandomTables.table(300, seed);
            Table other = RandomTables.table(120, 100 + seed);
            for (PreparationPlan plan : RandomTables.plans()) {
                FittedPreparation fitted = plan.fit(
                                train, RandomTables.target(task, 300, seed), NONE, RandomTables.context(task, seed))
                        .preparation();
                FeatureMatrix all = fitted.transform(other);
                for (int row = 0; row < 120; row += 7) {
                    assertSame(
                            all.select(new int[] {row}),
                            fitted.transform(other.rows(new int[] {row})),
                            "seed " + seed + ", row " + row + ", " + plan);
                }
            }
        }
    }

    @Test
    void writtenAndReadAgainItGivesTheSameNumbers() {
        Table train = RandomTables.table(250, 5);
        for (int kind = 0; kind < 3; kind++) {
            Task task = RandomTables.task(kind);
            for (PreparationPlan plan : RandomTables.plans()) {
                FittedPreparation fitted = plan.fit(
                                train, RandomTables.target(task, 250, 5), NONE, RandomTables.context(task, 5))
                        .preparation();
                Node node = Node.root();
                fitted.write(node);
                FittedPreparation again = FittedPreparations.read(node);
                assertThat(again.sparseWidth()).isEqualTo(fitted.sparseWidth());
                assertSame(fitted.transform(train), again.transform(train), plan.id());
            }
        }
    }

    @Test
    void equalSeedsGiveEqualTrainingFeaturesAndOthersDoNot() {
        Table train = RandomTables.table(300, 3);
        Target target = RandomTables.target(RandomTables.BINARY, 300, 3);
        PreparationPlan plan = PreparationPlan.forTrees().withTargetStatistics(true);
        float[] first = fit(plan, train, target).features().denseArray();
        assertThat(fit(plan, train, target).features().denseArray()).isEqualTo(first);
        assertThat(plan.fit(train, target, NONE, RandomTables.context(RandomTables.BINARY, 2))
                        .features()
                        .denseArray())
                .isNotEqualTo(first);
    }

    @Test
    void idsTellAllPlansApart() {
        List<String> ids =
                RandomTables.plans().stream().map(PreparationPlan::id).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(PreparationPlan.forTrees().withTargetStatistics(true).id())
                .isEqualTo("trees(numbers=raw,codes=100,statistics=pairs)");
    }

    @Test
    void treesGetNumbersAsTheyAreAndCategoriesAsCodes() {
        Table table = Table.builder()
                .numeric("n", 1, Double.NaN, Double.NEGATIVE_INFINITY, 4)
                .categorical("c", "a", "b", null, "a")
                .build();
        Prepared prepared = fit(PreparationPlan.forTrees(), table, Target.ofLabels(0, 1, 0, 1));
        assertThat(prepared.features().features()).containsExactly(new Feature("n", "n", 0), new Feature("c", "c", 2));
        assertThat(column(prepared.features(), "n")).containsExactly(1, Float.NaN, Float.NaN, 4);
        assertThat(column(prepared.features(), "c")).containsExactly(0, 1, Float.NaN, 0);
        Table unseen = Table.builder()
                .numeric("n", 7)
                .column("c", CategoricalColumn.of(new int[] {CategoricalColumn.UNSEEN}, List.of("a", "b")))
                .build();
        assertThat(prepared.preparation().transform(unseen).denseArray()).containsExactly(7, Float.NaN);
    }

    @Test
    void missingNumbersGetTheMedianAndAnIndicatorForLinearModels() {
        Table table = Table.builder().numeric("n", 0, 2, 4, 6, 8, Double.NaN).build();
        Prepared prepared = fit(PreparationPlan.forLinear(), table, Target.ofLabels(0, 1, 0, 1, 0, 1));
        float[] n = column(prepared.features(), "n");
        assertThat(n[5]).isZero();
        assertThat(n[2]).isZero();
        // (8 - 4) / (6 - 2) = 1, clipped: 1 / sqrt(1 + 1/9), RealMLP (arXiv 2407.04491).
        assertThat(n[4]).isEqualTo((float) (1 / Math.sqrt(1 + 1 / 9.0)));
        assertThat(column(prepared.features(), "n#missing")).containsExactly(0, 0, 0, 0, 0, 1);
    }

    @Test
    void oneHotHasASlotForMissingAndUnseenLevelsGetTheRareSlot() {
        int[] codes = new int[200];
        for (int i = 0; i < 200; i++) {
            codes[i] = i == 7 ? 2 : i == 8 ? CategoricalColumn.MISSING : i % 2;
        }
        List<String> levels = List.of("a", "b", "once", "never");
        Table table =
                Table.builder().column("c", CategoricalColumn.of(codes, levels)).build();
        FittedPreparation fitted = fit(PreparationPlan.forLinear(), table, Target.ofLabels(new int[200]))
                .preparation();
        assertThat(fitted.sparseWidth()).isEqualTo(4);
        int[] asked = {0, 1, 2, 3, CategoricalColumn.MISSING, CategoricalColumn.UNSEEN};
        SparseRows rows = Objects.requireNonNull(fitted.transform(Table.builder()
                        .column("c", CategoricalColumn.of(asked, levels))
                        .build())
                .sparse());
        int[] slots = new int[6];
        for (int row = 0; row < 6; row++) {
            assertThat(rows.end(row) - rows.start(row)).isEqualTo(1);
            slots[row] = rows.index(rows.start(row));
        }
        assertThat(slots).containsExactly(0, 1, 2, 2, 3, 2);
    }

    @Test
    void withoutCodesNoFeatureIsCategorical() {
        Table table = RandomTables.table(300, 9);
        for (boolean pairs : new boolean[] {false, true}) {
            Prepared prepared = fit(
                    PreparationPlan.forTrees().withoutCodes().withTargetStatistics(pairs),
                    table,
                    RandomTables.target(RandomTables.BINARY, 300, 9));
            assertThat(prepared.preparation().features()).noneMatch(Feature::isCategorical);
        }
    }

    @Test
    void kernelsGetFiniteNumbersOnly() {
        for (NumericEncoding numbers :
                List.of(NumericEncoding.STANDARD, NumericEncoding.ROBUST, NumericEncoding.QUANTILE)) {
            Prepared prepared = fit(
                    PreparationPlan.forKernels().withNumeric(numbers).withTargetStatistics(true),
                    RandomTables.table(300, 4),
                    RandomTables.target(RandomTables.BINARY, 300, 4));
            FeatureMatrix other = prepared.preparation().transform(RandomTables.table(100, 44));
            assertThat(prepared.features().sparseWidth()).isZero();
            for (FeatureMatrix matrix : List.of(prepared.features(), other)) {
                for (float value : matrix.denseArray()) {
                    assertThat(Float.isFinite(value)).as(numbers.name()).isTrue();
                }
            }
        }
    }

    @Test
    void columnsWithoutAnyValueGiveNothing() {
        Table table = Table.builder()
                .numeric("empty", Double.NaN, Double.NaN)
                .numeric("same", 3, 3)
                .categorical("none", null, null)
                .text("silent", null, null)
                .build();
        for (PreparationPlan plan : RandomTables.plans()) {
            Prepared prepared = fit(plan, table, Target.ofLabels(0, 1));
            assertThat(prepared.features().features()).hasSize(1);
            assertThat(prepared.features().denseArray()).containsExactly(0, 0);
        }
    }

    @Test
    void twoRowsOneClassAndUnseenLevelsEverywhereAreFine() {
        Table two = RandomTables.table(2, 8);
        for (PreparationPlan plan : RandomTables.plans()) {
            FittedPreparation fitted = fit(plan, two, Target.ofLabels(1, 1)).preparation();
            assertThat(fitted.transform(RandomTables.table(50, 80)).rows()).isEqualTo(50);
            assertThat(fitted.transform(two.rows(new int[0])).rows()).isZero();
        }
    }

    @Test
    void tenThousandColumnsAreFittedWithinSeconds() {
        Table.Builder builder = Table.builder();
        for (int i = 0; i < 10_000; i++) {
            builder.column("c" + i, NumericColumn.of((double) i, i + 1, i % 7, i % 3));
        }
        Table table = builder.build();
        for (PreparationPlan plan :
                List.of(PreparationPlan.forLinear(), PreparationPlan.forTrees().withTargetStatistics(true))) {
            assertThat(fit(plan, table, Target.ofLabels(0, 1, 1, 0)).features().width())
                    .isGreaterThan(9000);
        }
    }

    @Test
    void aThousandClassesGiveStatisticsOfTheMostFrequentOnes() {
        List<String> labels = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(Integer::toString)
                .toList();
        Task task = new MulticlassTask("y", labels);
        Prepared prepared = PreparationPlan.forTrees()
                .withTargetStatistics(true)
                .fit(
                        RandomTables.table(2000, 6),
                        RandomTables.target(task, 2000, 6),
                        NONE,
                        RandomTables.context(task, 6));
        assertThat(prepared.features().features().stream()
                        .filter(feature -> feature.name().startsWith("many#target")))
                .hasSize(TargetNumbers.MOST_CLASSES);
    }

    @Test
    void anotherTableIsRefusedWithTheColumnNamed() {
        Table table = Table.builder().numeric("a", 1, 2).numeric("b", 1, 2).build();
        FittedPreparation fitted =
                fit(PreparationPlan.forTrees(), table, Target.ofLabels(0, 1)).preparation();
        assertThatThrownBy(() -> fitted.transform(table.without("b")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 feature columns");
        assertThatThrownBy(() -> fitted.transform(table.columns(List.of("b", "a"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'b'");
        assertThatThrownBy(() -> fitted.transform(
                        Table.builder().categorical("a", "x").numeric("b", 1).build()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("CATEGORICAL");
        assertThatThrownBy(() -> fit(PreparationPlan.forTrees(), table, Target.ofLabels(0)))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> fit(PreparationPlan.forTrees(), table.rows(new int[0]), Target.ofLabels()))
                .isInstanceOf(DataException.class);
    }

    @Test
    void theDeadlineEndsTheFit() {
        MutableClock clock = new MutableClock();
        Deadline deadline = Deadline.after(Duration.ofSeconds(1), clock, new Cancellation());
        clock.advance(Duration.ofSeconds(2));
        assertThatThrownBy(() -> PreparationPlan.forTrees()
                        .fit(
                                RandomTables.table(10, 1),
                                Target.ofLabels(new int[10]),
                                NONE,
                                new PrepareContext(RandomTables.BINARY, 1, deadline)))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void featureNamesStayUniqueWhereColumnsAreNamedLikeFeatures() {
        Table table = Table.builder()
                .numeric("n", 1, 2, Double.NaN)
                .numeric("n#missing", 1, 5, 6)
                .build();
        Prepared prepared = fit(PreparationPlan.forLinear(), table, Target.ofLabels(0, 1, 1));
        assertThat(prepared.features().features().stream().map(Feature::name)).doesNotHaveDuplicates();
    }
}
