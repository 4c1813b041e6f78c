package org.autotuner.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.junit.jupiter.api.Test;

/** The rules of the splitters one by one, at their bounds. */
class SplitRulesTest {

    private static final Task TASK = new BinaryTask("y", "no", "yes");

    private static Table table(int rows) {
        return Table.builder().numeric("x", new double[rows]).build();
    }

    private static List<Fold> split(Splitter splitter, long seed, int... labels) {
        return splitter.split(table(labels.length), TASK, Target.ofLabels(labels), seed);
    }

    private static Table with(Role role, double... values) {
        return Table.builder().numeric("r", values).build().withRole("r", role);
    }

    private static long count(int[] rows, int from, int to, int[] rank) {
        return Arrays.stream(rows)
                .filter(row -> rank[row] >= from && rank[row] < to)
                .count();
    }

    /** The numbers 0..rows-1 in random order: each row's value is its rank. */
    private static int[] ranks(int rows, long seed) {
        int[] ranks = IntStream.range(0, rows).toArray();
        Strata.shuffle(ranks, new SplittableRandom(seed));
        return ranks;
    }

    private static Target target(int[] ranks) {
        return Target.ofValues(Arrays.stream(ranks).asDoubleStream().toArray());
    }

    @Test
    void whatCannotDivideIsRefused() {
        for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
            for (Runnable made : List.<Runnable>of(
                    () -> Splits.holdout(share),
                    () -> Splits.groupedHoldout(share),
                    () -> Splits.timeOrderedHoldout(share))) {
                assertThatThrownBy(made::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("is " + share);
            }
        }
        assertThatThrownBy(() -> Splits.kFold(1)).hasMessageContaining("1 were asked for");
        assertThatThrownBy(() -> Splits.groupedKFold(1)).hasMessageContaining("1 were asked for");
        assertThatThrownBy(() -> Splits.repeatedKFold(0, 2)).hasMessageContaining("At least 1 repeat");
        assertThatThrownBy(() -> Splits.timeOrdered(0)).hasMessageContaining("At least 1 fold");
        assertThatThrownBy(() -> SplitPolicy.choose(table(5), 0)).hasMessageContaining("At least 1 fold");
        assertThatThrownBy(() -> Splits.timeOrdered(1).split(with(Role.TIME, 1), TASK, Target.ofLabels(0), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at least 2 rows");
        assertThatThrownBy(() -> split(GivenSplitter.of(new int[] {0}, new int[] {4}), 1, 0, 1, 0))
                .hasMessageContaining("row 4, but the table has the rows 0..2");
        assertThatThrownBy(() -> split(GivenSplitter.of(new int[] {-1}, new int[] {0}), 1, 0, 1))
                .hasMessageContaining("row -1");
    }

    @Test
    void theSmallestNumbersOfFoldsRepeatsAndGroupsWork() {
        assertThat(split(Splits.repeatedKFold(1, 2), 1, 0, 1)).hasSize(2);
        assertThat(Splits.groupedKFold(5).split(with(Role.GROUP, 1, 2, 2), TASK, Target.ofLabels(0, 1, 0), 1))
                .hasSize(2);
        List<Fold> later =
                Splits.timeOrdered(1).split(with(Role.TIME, 4, 3, 2, 1), TASK, Target.ofLabels(new int[4]), 1);
        assertThat(later).hasSize(1);
        assertThat(later.get(0).train()).containsExactly(2, 3);
        assertThat(later.get(0).validation()).containsExactly(0, 1);
    }

    @Test
    void everyRowIsDrawnAsOftenAsAnyOther() {
        int rounds = 2000;
        int[] plain = new int[8];
        int[] stratified = new int[8];
        int[] grouped = new int[8];
        for (long seed = 0; seed < rounds; seed++) {
            int[] labels = {0, 0, 0, 0, 1, 1, 1, 1};
            Table groups = with(Role.GROUP, 0, 1, 2, 3, 4, 5, 6, 7);
            for (int row : split(Splits.holdout(0.25), seed, labels).get(0).validation()) {
                plain[row]++;
            }
            for (int row :
                    split(Splits.stratifiedHoldout(0.25), seed, labels).get(0).validation()) {
                stratified[row]++;
            }
            for (int row : Splits.groupedHoldout(0.25)
                    .split(groups, TASK, Target.ofLabels(labels), seed)
                    .get(0)
                    .validation()) {
                grouped[row]++;
            }
        }
        // A quarter of the rounds; six standard deviations of the binomial distribution are 116.
        for (int[] drawn : List.of(plain, stratified, grouped)) {
            assertThat(drawn)
                    .satisfies(counts ->
                            assertThat(Arrays.stream(counts).boxed()).allMatch(n -> Math.abs(n - rounds / 4) < 116));
        }
    }

    @Test
    void realTargetsAreSpreadByRangesOfTwoRowsForEachPart() {
        Task task = new RegressionTask("y");
        for (long seed = 0; seed < 10; seed++) {
            int[] ranks = ranks(40, seed);
            // 40 rows / (2 x 5 parts) are 4 ranges of 10 rows, of which each fold gets 2.
            for (Fold fold : Splits.stratifiedKFold(5).split(table(40), task, target(ranks), seed)) {
                for (int range = 0; range < 4; range++) {
                    assertThat(count(fold.validation(), 10 * range, 10 * range + 10, ranks))
                            .isEqualTo(2);
                }
            }
            // A share of 0.1 is one of 10 parts: 80 rows / (2 x 10) are 4 ranges of 20 rows.
            int[] more = ranks(80, seed);
            Fold fold = Splits.stratifiedHoldout(0.1)
                    .split(table(80), task, target(more), seed)
                    .get(0);
            Table numbers = Table.builder()
                    .column(
                            "x",
                            NumericColumn.of(
                                    Arrays.stream(more).asDoubleStream().toArray()))
                    .build();
            Table test = TrainTest.stratified(numbers, "x", 0.1, seed).test();
            int[] tested = IntStream.range(0, test.rowCount())
                    .map(row -> (int) ((NumericColumn) test.column("x")).number(row))
                    .toArray();
            for (int range = 0; range < 4; range++) {
                assertThat(count(fold.validation(), 20 * range, 20 * range + 20, more))
                        .isEqualTo(2);
                assertThat(count(
                                tested,
                                20 * range,
                                20 * range + 20,
                                IntStream.range(0, 80).toArray()))
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void equalValuesAreOneRange() {
        double[] values = new double[40];
        for (int row = 0; row < 10; row++) {
            values[4 * row + 3] = row + 1;
        }
        for (long seed = 0; seed < 10; seed++) {
            for (Fold fold : Splits.stratifiedKFold(5)
                    .split(table(40), new RegressionTask("y"), Target.ofValues(values), seed)) {
                assertThat(Arrays.stream(fold.validation()).filter(row -> values[row] == 0))
                        .hasSize(6);
            }
        }
    }

    @Test
    void numericColumnsOfUpToTwentyValuesAreClasses() {
        int tested = 0;
        for (long seed = 0; seed < 60; seed++) {
            // The largest value occurs once: as a class of its own it always trains.
            for (int values : new int[] {20, 21}) {
                double[] numbers = new double[2 * values - 1];
                for (int row = 0; row < numbers.length; row++) {
                    numbers[row] = row / 2;
                }
                Table table = Table.builder().numeric("y", numbers).build();
                Table test = TrainTest.stratified(table, "y", 0.3, seed).test();
                boolean single = IntStream.range(0, test.rowCount())
                        .anyMatch(row -> ((NumericColumn) test.column("y")).number(row) == values - 1);
                assertThat(single && values == 20).as("seed %d", seed).isFalse();
                tested += single ? 1 : 0;
            }
        }
        assertThat(tested).isPositive();
    }

    @Test
    void levelsAndMissingCellsOfAColumnKeepTheirShare() {
        String[] cells = IntStream.range(0, 60)
                .mapToObj(row -> row % 6 == 0 ? null : row % 3 == 0 ? "rare" : "often")
                .toArray(String[]::new);
        Table table = Table.builder().categorical("y", cells).build();
        for (long seed = 0; seed < 20; seed++) {
            Table test = TrainTest.stratified(table, "y", 0.2, seed).test();
            List<String> drawn = IntStream.range(0, 12)
                    .mapToObj(row -> String.valueOf(test.column("y").value(row)))
                    .sorted()
                    .toList();
            assertThat(test.rowCount()).isEqualTo(12);
            assertThat(drawn.stream().filter("rare"::equals)).hasSize(2);
            assertThat(drawn.stream().filter("often"::equals)).hasSize(8);
            assertThat(drawn.stream().filter("null"::equals)).hasSize(2);
        }
    }

    @Test
    void ofEveryClassARowTrainsHoweverLargeTheShare() {
        int[] labels = IntStream.range(0, 20).map(row -> row < 2 ? 1 : 0).toArray();
        for (long seed = 0; seed < 20; seed++) {
            Fold fold = split(Splits.stratifiedHoldout(0.9), seed, labels).get(0);
            assertThat(fold.validationSize()).isEqualTo(18);
            assertThat(Arrays.stream(fold.train()).map(row -> labels[row]).sorted())
                    .containsExactly(0, 1);
        }
    }

    @Test
    void theRowThatRoundingLeavesGoesToTheClassThatLostMostWhicheverComesFirst() {
        // 10 % of 26 and of 14 rows is 2.6 and 1.4.
        int[] labels = IntStream.range(0, 40).map(row -> row < 26 ? 1 : 0).toArray();
        for (long seed = 0; seed < 5; seed++) {
            Fold fold = split(Splits.stratifiedHoldout(0.1), seed, labels).get(0);
            assertThat(Arrays.stream(fold.validation()).filter(row -> labels[row] == 1))
                    .hasSize(3);
            assertThat(fold.validationSize()).isEqualTo(4);
        }
    }

    @Test
    void aClassOfTwoRowsIsValidatedAndOneOfASingleRowTrains() {
        for (long seed = 0; seed < 10; seed++) {
            List<Fold> folds = split(Splits.stratifiedKFold(3), seed, 0, 1, 0);
            assertThat(folds).hasSize(2);
            assertThat(folds).allSatisfy(fold -> assertThat(fold.train()).contains(1));
            // Where every class has a single row the classes are left aside.
            assertThat(split(Splits.stratifiedKFold(3), seed, 0, 1, 2)).hasSize(3);
            assertThat(split(Splits.stratifiedHoldout(0.4), seed, 0, 1, 2)
                            .get(0)
                            .validationSize())
                    .isEqualTo(1);
        }
    }

    @Test
    void groupsAreBalancedByRareClassesAsWellAsByRows() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            // 60 groups of 1 to 12 rows; in every third one the first row, or all up to 4, are positive.
            double[] groups = new double[600];
            int[] labels = new int[600];
            int rows = 0;
            int positives = 0;
            for (int group = 0; group < 60; group++) {
                int size = 1 + random.nextInt(12);
                for (int i = 0; i < size && rows < 600; i++) {
                    groups[rows] = group;
                    labels[rows] = group % 3 == 0 && i < 4 ? 1 : 0;
                    positives += labels[rows++];
                }
            }
            Table table = with(Role.GROUP, Arrays.copyOf(groups, rows));
            int[] used = Arrays.copyOf(labels, rows);
            for (Fold fold : Splits.groupedKFold(4).split(table, TASK, Target.ofLabels(used), seed)) {
                long held = Arrays.stream(fold.validation())
                        .filter(row -> used[row] == 1)
                        .count();
                assertThat(fold.validationSize()).as("seed %d", seed).isBetween(rows / 4 - 4, rows / 4 + 4);
                assertThat(held).as("seed %d", seed).isBetween(positives / 4 - 2L, positives / 4 + 2L);
            }
        }
    }
}
