package org.autotuner.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.junit.jupiter.api.Test;

/** How even the parts are, and which splitter the policy takes. */
class SplitBalanceTest {

    private static final Task TASK = new BinaryTask("y", "no", "yes");

    private static Table grouped(int... groups) {
        double[] values = Arrays.stream(groups).asDoubleStream().toArray();
        return Table.builder().numeric("g", values).build().withRole("g", Role.GROUP);
    }

    private static int positives(Fold fold, int[] labels) {
        return (int)
                Arrays.stream(fold.validation()).filter(row -> labels[row] == 1).count();
    }

    @Test
    void groupsOfUnequalSizeAreDealtSoThatFoldsAreEven() {
        // groups of 1, 2 ... 12 rows: 78 rows, 26 in each of three folds
        int[] groups = IntStream.rangeClosed(1, 12)
                .flatMap(group -> IntStream.generate(() -> group).limit(group))
                .toArray();
        int[] labels = new int[groups.length];
        for (long seed = 0; seed < 20; seed++) {
            List<Fold> folds = Splits.groupedKFold(3).split(grouped(groups), TASK, Target.ofLabels(labels), seed);
            assertThat(folds).as("seed %d", seed).allSatisfy(fold -> assertThat(fold.validationSize())
                    .isBetween(25, 27));
        }
    }

    @Test
    void groupsAreDealtSoThatFoldsHoldTheClassesEvenly() {
        // 30 groups of 4 rows, of which ten are all positive
        int[] groups = IntStream.range(0, 120).map(row -> row / 4).toArray();
        int[] labels =
                Arrays.stream(groups).map(group -> group % 3 == 0 ? 1 : 0).toArray();
        for (long seed = 0; seed < 20; seed++) {
            List<Fold> folds = Splits.groupedKFold(5).split(grouped(groups), TASK, Target.ofLabels(labels), seed);
            for (Fold fold : folds) {
                assertThat(fold.validationSize()).as("seed %d", seed).isEqualTo(24);
                assertThat(positives(fold, labels)).as("seed %d", seed).isEqualTo(8);
            }
        }
    }

    @Test
    void groupsOfBothClassesAreDealtByBoth() {
        // each group has 3 rows of one class and 1 of the other
        int[] groups = IntStream.range(0, 80).map(row -> row / 4).toArray();
        int[] labels = IntStream.range(0, 80)
                .map(row -> (row % 4 == 0) == (row / 4 % 2 == 0) ? 1 : 0)
                .toArray();
        for (long seed = 0; seed < 10; seed++) {
            for (Fold fold : Splits.groupedKFold(5).split(grouped(groups), TASK, Target.ofLabels(labels), seed)) {
                assertThat(fold.validationSize()).as("seed %d", seed).isEqualTo(16);
                assertThat(positives(fold, labels)).as("seed %d", seed).isEqualTo(8);
            }
        }
    }

    @Test
    void groupedHoldoutsHaveAboutTheirShare() {
        int[] groups = IntStream.range(0, 100).map(row -> row / 2).toArray();
        Fold fold = Splits.groupedHoldout(0.2)
                .split(grouped(groups), TASK, Target.ofLabels(new int[100]), 3)
                .get(0);
        assertThat(fold.validationSize()).isEqualTo(20);
        assertThat(fold.trainSize()).isEqualTo(80);
    }

    @Test
    void holdoutsHoldEachClassByItsShare() {
        int[] labels = IntStream.range(0, 200).map(row -> row % 10 < 3 ? 1 : 0).toArray();
        Table table = Table.builder().numeric("x", new double[200]).build();
        for (double share : new double[] {0.1, 0.2, 0.5}) {
            Fold fold = Splits.stratifiedHoldout(share)
                    .split(table, TASK, Target.ofLabels(labels), 4)
                    .get(0);
            assertThat(fold.validationSize()).isEqualTo((int) (200 * share));
            assertThat(positives(fold, labels)).isEqualTo((int) (60 * share));
        }
    }

    @Test
    void holdoutsTakeTheRowThatRoundingLeavesFromTheClassThatLostMost() {
        // 10 % of 26 and of 14 rows is 2.6 and 1.4: the larger class gets the fourth row
        int[] labels = IntStream.range(0, 40).map(row -> row < 14 ? 1 : 0).toArray();
        Table table = Table.builder().numeric("x", new double[40]).build();
        for (long seed = 0; seed < 5; seed++) {
            Fold fold = Splits.stratifiedHoldout(0.1)
                    .split(table, TASK, Target.ofLabels(labels), seed)
                    .get(0);
            assertThat(fold.validationSize()).isEqualTo(4);
            assertThat(positives(fold, labels)).isEqualTo(1);
        }
    }

    @Test
    void repeatedStratifiedFoldsValidateEachRowOnceARepeatAndDiffer() {
        int[] labels = IntStream.range(0, 60).map(row -> row % 3 == 0 ? 1 : 0).toArray();
        Table table = Table.builder().numeric("x", new double[60]).build();
        List<Fold> folds = Splits.repeatedStratifiedKFold(2, 4).split(table, TASK, Target.ofLabels(labels), 9);
        assertThat(folds).hasSize(8).allSatisfy(fold -> {
            assertThat(fold.validationSize()).isEqualTo(15);
            assertThat(positives(fold, labels)).isEqualTo(5);
        });
        assertThat(folds.get(0).validation()).isNotEqualTo(folds.get(4).validation());
    }

    @Test
    void thePolicySaysWhatItTakesAndWhy() {
        Table table = Table.builder()
                .column(
                        "x",
                        NumericColumn.of(
                                IntStream.range(0, 100).asDoubleStream().toArray()))
                .build();
        Target target =
                Target.ofLabels(IntStream.range(0, 100).map(row -> row % 2).toArray());
        assertThat(SplitPolicy.choose(table).reason()).isEqualTo("stratified, 5 folds");
        assertThat(SplitPolicy.choose(table, 9).reason()).isEqualTo("stratified, 5 folds");
        assertThat(SplitPolicy.choose(table, 1).reason())
                .contains("only one fit")
                .contains("20 %");
        for (Role role : List.of(Role.TIME, Role.GROUP)) {
            Table with = table.withRole("x", role);
            assertThat(SplitPolicy.choose(with, 4).splitter().split(with, TASK, target, 1))
                    .as(role.name())
                    .hasSize(4);
            List<Fold> one = SplitPolicy.choose(with, 1).splitter().split(with, TASK, target, 1);
            assertThat(one).as(role.name()).hasSize(1);
            assertThat(one.get(0).validationSize()).as(role.name()).isEqualTo(20);
        }
        assertThatThrownBy(() -> SplitPolicy.choose(table, 0)).hasMessageContaining("0");
        Table large = Table.builder()
                .column("x", NumericColumn.of(new float[200_001]))
                .build();
        assertThat(SplitPolicy.choose(large).reason()).contains("200000").contains("10 %");
        Table limit = Table.builder()
                .column("x", NumericColumn.of(new float[200_000]))
                .build();
        assertThat(SplitPolicy.choose(limit).reason()).contains("5 folds");
    }
}
