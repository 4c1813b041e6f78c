package org.autotuner.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.junit.jupiter.api.Test;

class SplitsTest {

    private static final Task TASK = new BinaryTask("y", "no", "yes");

    private static Table table(int rows) {
        double[] x = new double[rows];
        Arrays.setAll(x, i -> i);
        return Table.builder().numeric("x", x).build();
    }

    private static List<Fold> split(Splitter splitter, int... labels) {
        return splitter.split(table(labels.length), TASK, Target.ofLabels(labels), 5);
    }

    private static int[] labels(long seed, int rows, int classes) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.ints(rows, 0, classes).toArray();
    }

    private static void requireSound(List<Fold> folds, int rows) {
        assertThat(folds).isNotEmpty();
        for (Fold fold : folds) {
            Set<Integer> all = new HashSet<>();
            Arrays.stream(fold.train()).forEach(all::add);
            assertThat(fold.train()).isNotEmpty().isSorted();
            assertThat(fold.validation()).isNotEmpty().isSorted();
            for (int row : fold.validation()) {
                assertThat(all.add(row)).as("row %d on both sides", row).isTrue();
            }
            assertThat(all).allMatch(row -> row >= 0 && row < rows);
        }
    }

    private static int[] timesValidated(List<Fold> folds, int rows) {
        int[] times = new int[rows];
        folds.forEach(fold -> Arrays.stream(fold.validation()).forEach(row -> times[row]++));
        return times;
    }

    @Test
    void foldsAreDisjointCompleteAndEven() {
        for (int seed = 0; seed < 30; seed++) {
            int rows = 2 + 7 * seed;
            int[] labels = labels(seed, rows, 1 + seed % 3);
            for (Splitter splitter : List.of(Splits.kFold(5), Splits.repeatedKFold(3, 4))) {
                List<Fold> folds = splitter.split(table(rows), TASK, Target.ofLabels(labels), seed);
                requireSound(folds, rows);
                assertThat(Arrays.stream(timesValidated(folds, rows)).distinct().toArray())
                        .as("seed %d", seed)
                        .hasSize(1);
                int most = folds.stream().mapToInt(Fold::validationSize).max().orElseThrow();
                int least = folds.stream().mapToInt(Fold::validationSize).min().orElseThrow();
                assertThat(most - least).as("seed %d", seed).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void stratifiedFoldsHoldEachClassEvenlyAndSingletonsTrain() {
        for (int seed = 0; seed < 30; seed++) {
            int rows = 50 + 11 * seed;
            int[] labels = labels(seed, rows, 3);
            labels[7] = 3;
            List<Fold> folds = Splits.stratifiedKFold(5).split(table(rows), TASK, Target.ofLabels(labels), seed);
            requireSound(folds, rows);
            int[] times = timesValidated(folds, rows);
            for (int row = 0; row < rows; row++) {
                assertThat(times[row]).as("seed %d row %d", seed, row).isEqualTo(row == 7 ? 0 : 1);
            }
            for (int label = 0; label < 3; label++) {
                int wanted = label;
                int[] held = folds.stream()
                        .mapToInt(fold -> (int) Arrays.stream(fold.validation())
                                .filter(row -> labels[row] == wanted)
                                .count())
                        .toArray();
                assertThat(Arrays.stream(held).max().orElse(0)
                                - Arrays.stream(held).min().orElse(0))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void regressionIsStratifiedByRange() {
        double[] values =
                new SplittableRandom(1).doubles(400).map(v -> v * v * v).toArray();
        List<Fold> folds =
                Splits.stratifiedKFold(4).split(table(400), new RegressionTask("y"), Target.ofValues(values), 9);
        requireSound(folds, 400);
        double median = Arrays.stream(values).sorted().toArray()[200];
        for (Fold fold : folds) {
            long below = Arrays.stream(fold.validation())
                    .filter(row -> values[row] < median)
                    .count();
            assertThat(below).isBetween(47L, 53L);
        }
    }

    @Test
    void equalSeedsGiveEqualFoldsAndOthersOthers() {
        int[] labels = labels(1, 100, 2);
        Splitter splitter = Splits.stratifiedKFold(5);
        int[] one = splitter.split(table(100), TASK, Target.ofLabels(labels), 1)
                .get(0)
                .validation();
        int[] again = splitter.split(table(100), TASK, Target.ofLabels(labels), 1)
                .get(0)
                .validation();
        int[] other = splitter.split(table(100), TASK, Target.ofLabels(labels), 2)
                .get(0)
                .validation();
        assertThat(again).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void twoRowTablesAreSplitAndOneRowTablesRefused() {
        for (Splitter splitter : List.of(
                Splits.kFold(5), Splits.stratifiedKFold(5), Splits.holdout(0.2), Splits.stratifiedHoldout(0.2))) {
            requireSound(split(splitter, 0, 1), 2);
            requireSound(split(splitter, 0, 0), 2);
            requireSound(split(splitter, 0, 1, 1), 3);
            assertThatThrownBy(() -> split(splitter, 0))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("at least 2 rows");
        }
    }

    @Test
    void aThousandClassesAreSplit() {
        int[] labels = IntStream.range(0, 2500).map(i -> i % 1000).toArray();
        List<Fold> folds = split(Splits.stratifiedKFold(5), labels);
        requireSound(folds, 2500);
        assertThat(folds).hasSize(5);
        for (Fold fold : folds) {
            assertThat(Arrays.stream(fold.train())
                            .map(row -> labels[row])
                            .distinct()
                            .count())
                    .isEqualTo(1000);
        }
        List<Fold> held = split(Splits.stratifiedHoldout(0.2), labels);
        assertThat(held.get(0).validationSize()).isEqualTo(500);
        assertThat(Arrays.stream(held.get(0).train())
                        .map(row -> labels[row])
                        .distinct()
                        .count())
                .isEqualTo(1000);
    }

    @Test
    void holdoutsHaveTheirShareAndItsLimit() {
        int[] labels = IntStream.range(0, 1000).map(i -> i < 100 ? 1 : 0).toArray();
        Fold fold = split(Splits.stratifiedHoldout(0.25), labels).get(0);
        assertThat(fold.validationSize()).isEqualTo(250);
        assertThat(Arrays.stream(fold.validation())
                        .filter(row -> labels[row] == 1)
                        .count())
                .isEqualTo(25);
        assertThat(split(Splits.stratifiedHoldout(0.25, 40), labels).get(0).validationSize())
                .isEqualTo(40);
        assertThat(split(Splits.holdout(0.25), labels).get(0).validationSize()).isEqualTo(250);
    }

    @Test
    void groupsAreNeverOnBothSides() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int rows = 300;
            int[] groups = random.ints(rows, 0, 40).toArray();
            Table table = Table.builder()
                    .column(
                            "g",
                            NumericColumn.of(
                                    Arrays.stream(groups).asDoubleStream().toArray()))
                    .build()
                    .withRole("g", Role.GROUP);
            Target target = Target.ofLabels(labels(seed, rows, 2));
            List<Fold> folds = Splits.groupedKFold(5).split(table, TASK, target, seed);
            requireSound(folds, rows);
            assertThat(folds).hasSize(5);
            assertThat(timesValidated(folds, rows)).as("seed %d", seed).containsOnly(1);
            for (Fold fold : folds) {
                Set<Integer> train =
                        Arrays.stream(fold.train()).mapToObj(row -> groups[row]).collect(Collectors.toSet());
                assertThat(Arrays.stream(fold.validation()).filter(row -> train.contains(groups[row])))
                        .as("seed %d", seed)
                        .isEmpty();
                assertThat(fold.validationSize()).isBetween(45, 75);
            }
            assertThat(Splits.groupedHoldout(0.2).split(table, TASK, target, seed))
                    .hasSize(1);
        }
    }

    @Test
    void oneGroupAndAbsentRolesAreRefused() {
        Table one = Table.builder().categorical("g", "a", "a").build().withRole("g", Role.GROUP);
        assertThatThrownBy(() -> Splits.groupedKFold(2).split(one, TASK, Target.ofLabels(0, 1), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'g'");
        assertThatThrownBy(() -> split(Splits.groupedKFold(2), 0, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("withRole");
        Table two = Table.builder().numeric("a", 1, 2).numeric("b", 1, 2).build();
        assertThatThrownBy(
                        () -> SplitPolicy.choose(two.withRole("a", Role.GROUP).withRole("b", Role.GROUP)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("[a, b]");
    }

    @Test
    void validationIsLaterThanTraining() {
        for (int seed = 0; seed < 20; seed++) {
            double[] times =
                    new SplittableRandom(seed).ints(60, 0, 30).asDoubleStream().toArray();
            times[3] = Double.NaN;
            Table table = Table.builder().numeric("t", times).build().withRole("t", Role.TIME);
            List<Fold> folds = Splits.timeOrdered(4).split(table, TASK, Target.ofLabels(new int[60]), seed);
            requireSound(folds, 60);
            assertThat(folds).hasSize(4);
            for (Fold fold : folds) {
                double last = Arrays.stream(fold.train())
                        .mapToDouble(row -> times[row])
                        .filter(v -> !Double.isNaN(v))
                        .max()
                        .orElseThrow();
                assertThat(Arrays.stream(fold.validation())
                                .mapToDouble(row -> times[row])
                                .min()
                                .orElseThrow())
                        .as("seed %d", seed)
                        .isGreaterThan(last);
            }
        }
    }

    @Test
    void timeFoldsKeepGroupsApartToo() {
        Table table = Table.builder()
                .numeric("t", 1, 2, 3, 4, 5, 6)
                .categorical("g", "a", "b", "c", "d", "b", "e")
                .build()
                .withRole("t", Role.TIME)
                .withRole("g", Role.GROUP);
        Fold fold = Splits.timeOrderedHoldout(0.34)
                .split(table, TASK, Target.ofLabels(new int[6]), 1)
                .get(0);
        assertThat(fold.validation()).containsExactly(4, 5);
        assertThat(fold.train()).containsExactly(0, 2, 3);
    }

    @Test
    void equalTimesCannotBeOrdered() {
        Table same = Table.builder().numeric("t", 1, 1, 1).build().withRole("t", Role.TIME);
        assertThatThrownBy(() -> Splits.timeOrdered(2).split(same, TASK, Target.ofLabels(0, 1, 0), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("same time");
        Table late = Table.builder().numeric("t", 1, 2, 2, 2).build().withRole("t", Role.TIME);
        assertThat(Splits.timeOrderedHoldout(0.25)
                        .split(late, TASK, Target.ofLabels(0, 1, 0, 1), 1)
                        .get(0)
                        .train())
                .containsExactly(0);
    }

    @Test
    void aFoldColumnNamesTheFolds() {
        Table table =
                Table.builder().numeric("f", 1, 2, 1, Double.NaN, 2).build().withRole("f", Role.FOLD);
        List<Fold> folds = Splits.foldColumn().split(table, TASK, Target.ofLabels(0, 1, 0, 1, 0), 1);
        assertThat(folds).hasSize(2);
        assertThat(folds.get(0).validation()).containsExactly(0, 2);
        assertThat(folds.get(1).validation()).containsExactly(1, 4);
        assertThat(folds.get(1).train()).containsExactly(0, 2, 3);
        Table one = Table.builder().numeric("f", 1, 1).build().withRole("f", Role.FOLD);
        assertThatThrownBy(() -> Splits.foldColumn().split(one, TASK, Target.ofLabels(0, 1), 1))
                .isInstanceOf(DataException.class);
    }

    @Test
    void givenFoldsAreChecked() {
        assertThat(split(GivenSplitter.appended(3, 2), 0, 1, 0, 1, 0).get(0).validation())
                .containsExactly(3, 4);
        assertThatThrownBy(() -> split(GivenSplitter.appended(3, 2), 0, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("row 2");
        assertThatThrownBy(() -> GivenSplitter.of(new int[] {1}, new int[] {1}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("row 1 in both");
        assertThatThrownBy(() -> GivenSplitter.of(new int[] {1}, new int[0])).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> GivenSplitter.of(List.of())).isInstanceOf(DataException.class);
    }

    @Test
    void thePolicyFollowsRowsAndRoles() {
        Table small = table(1000);
        assertThat(split(SplitPolicy.choose(small).splitter(), labels(1, 1000, 2)))
                .hasSize(5);
        assertThat(split(SplitPolicy.choose(small, 3).splitter(), labels(1, 1000, 2)))
                .hasSize(3);
        assertThat(split(SplitPolicy.choose(small, 1).splitter(), labels(1, 1000, 2))
                        .get(0)
                        .validationSize())
                .isEqualTo(200);
        Table large = Table.builder()
                .column("x", NumericColumn.of(new float[600_000]))
                .build();
        List<Fold> folds =
                SplitPolicy.choose(large).splitter().split(large, TASK, Target.ofLabels(labels(2, 600_000, 2)), 1);
        assertThat(folds).hasSize(1);
        assertThat(folds.get(0).validationSize()).isEqualTo(50_000);
        for (Role role : List.of(Role.GROUP, Role.TIME, Role.FOLD)) {
            assertThat(SplitPolicy.choose(small.withRole("x", role)).reason())
                    .as(role.name())
                    .contains("'x'");
        }
    }

    @Test
    void trainAndTestShareNoRowAndKeepTheClasses() {
        int[] codes = IntStream.range(0, 100).map(i -> i % 10 == 0 ? 1 : 0).toArray();
        double[] x = IntStream.range(0, 100).asDoubleStream().toArray();
        Table table = Table.builder()
                .numeric("x", x)
                .column("y", CategoricalColumn.of(codes, List.of("no", "yes")))
                .build();
        for (TrainTest parts : List.of(
                TrainTest.stratified(table, "y", 0.2, 3),
                TrainTest.random(table, 0.2, 3),
                TrainTest.stratified(table, "x", 0.2, 3),
                TrainTest.byTime(table, "x", 0.2))) {
            Set<Object> seen = new HashSet<>();
            for (Table part : List.of(parts.train(), parts.test())) {
                IntStream.range(0, part.rowCount())
                        .forEach(row -> seen.add(part.row(row).value("x")));
            }
            assertThat(seen).hasSize(100);
            assertThat(parts.test().rowCount()).isEqualTo(20);
        }
        Table test = TrainTest.stratified(table, "y", 0.2, 3).test();
        Map<Object, Long> counts = IntStream.range(0, 20)
                .mapToObj(row -> test.row(row).value("y"))
                .collect(Collectors.groupingBy(label -> label, Collectors.counting()));
        assertThat(counts).containsEntry("yes", 2L);
        assertThat(TrainTest.byTime(table, "x", 0.2).test().column("x").value(0))
                .isEqualTo(80.0);
        assertThatThrownBy(() -> TrainTest.random(table, 1.5, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLatestRowsOfEachUserTest() {
        Table table = Table.builder()
                .categorical("user", "a", "b", "a", "a", "b", "a", "c", null, "a")
                .numeric("time", 5, 1, 2, 9, 0, 7, 3, 99, 1)
                .build();
        TrainTest parts = TrainTest.latestOfEach(table, "user", "time", 0.4);
        // Two of a's five rows, none of b's two, which are too few, nor of c's one.
        assertThat(parts.test().rowCount()).isEqualTo(2);
        assertThat(parts.test().column("time").value(0)).isEqualTo(9.0);
        assertThat(parts.test().column("time").value(1)).isEqualTo(7.0);
        assertThat(parts.train().rowCount()).isEqualTo(7);
        assertThatThrownBy(() -> TrainTest.latestOfEach(table, "user", "user", 0.4))
                .hasMessageContaining("orders the rows by time");
    }
}
