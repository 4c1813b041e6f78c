package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.autotuner.prepare.PreparationPlanTest.column;
import static org.autotuner.prepare.PreparationPlanTest.names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

/** Encodings of categories, and statistics of the target, against their definitions. */
class PreparedLevelsTest {

    private static final Task THREE = new MulticlassTask("y", List.of("a", "b", "c"));

    private static Prepared fit(PreparationPlan plan, Task task, Table table, Target target) {
        return plan.fit(table, target, Weights.none(), RandomTables.context(task, 1));
    }

    private static Prepared binary(PreparationPlan plan, Table table, int... labels) {
        return PreparationPlanTest.fit(plan, table, Target.ofLabels(labels));
    }

    private static Table levels(int count, int... codes) {
        List<String> names = IntStream.range(0, count).mapToObj(i -> "l" + i).toList();
        return Table.builder().column("c", CategoricalColumn.of(codes, names)).build();
    }

    @Test
    void upToTenLevelsAreDenseOneHotForKernelsAndMoreBecomeStatistics() {
        Prepared ten = binary(PreparationPlan.forKernels(), levels(10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), new int[10]);
        assertThat(names(ten)).hasSize(10).startsWith("c#0", "c#1").endsWith("c#9");
        for (int row = 0; row < 10; row++) {
            for (int slot = 0; slot < 10; slot++) {
                assertThat(ten.features().at(row, slot)).isEqualTo(row == slot ? 1 : 0);
            }
        }
        Prepared missing = binary(PreparationPlan.forKernels(), levels(3, 0, 1, -1), 0, 1, 0);
        assertThat(names(missing)).containsExactly("c#0", "c#1", "c#missing");
        assertThat(missing.features().denseArray()).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
        // A level that was never trained on has no slot.
        assertThat(missing.preparation().transform(levels(3, 2)).denseArray()).containsOnly(0);
        Prepared eleven =
                binary(PreparationPlan.forKernels(), levels(11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), new int[11]);
        assertThat(names(eleven)).containsExactly("c#target", "c#count");
    }

    @Test
    void levelsWithoutCodesAreRankedByTheirFrequency() {
        int[] codes = {0, 0, 0, 1, 1, 1, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, -1};
        Prepared prepared = binary(PreparationPlan.forTrees().withoutCodes(), levels(12, codes), new int[codes.length]);
        assertThat(names(prepared)).containsExactly("c#rank", "c#target", "c#count");
        FeatureMatrix asked = prepared.preparation().transform(levels(12, 1, 0, 3, 2, 4, 10, -1, 11, -2));
        // Eleven levels: 1 is the most frequent, then 0 and 3; equal ones in order of their codes.
        assertThat(column(asked, "c#rank")).containsExactly(11, 10, 9, 1, 2, 8, 0, 0, 0);
        // Two levels are one split, with or without statistics.
        Prepared two = binary(
                PreparationPlan.forTrees().withoutCodes().withTargetStatistics(false),
                levels(2, 0, 1, 1, 1),
                0,
                1,
                0,
                1);
        assertThat(names(two)).containsExactly("c#rank");
        assertThat(column(two.features(), "c#rank")).containsExactly(1, 2, 2, 2);
    }

    @Test
    void allCodesAreForAnyNumberOfLevels() {
        int[] codes = IntStream.range(0, 800).map(row -> row / 2).toArray();
        Prepared prepared =
                binary(PreparationPlan.forTrees().withAllCodes(true), levels(400, codes), new int[codes.length]);
        assertThat(names(prepared)).containsExactly("c");
        assertThat(prepared.features().features().get(0).cardinality()).isEqualTo(400);
    }

    @Test
    void numbersWhoseOrderTellsNothingAreCodesAlone() {
        SplittableRandom random = new SplittableRandom(5);
        double[] keys = random.ints(6_000, 0, 200).asDoubleStream().toArray();
        int[] ofKeys = DoubleStream.of(keys)
                .mapToInt(key -> chance(random, new SplittableRandom((long) key).nextInt(10) < 5 ? 0.2 : 0.8))
                .toArray();
        int[] ofRanges = DoubleStream.of(keys)
                .mapToInt(key -> chance(random, key / 400 + new SplittableRandom((long) key).nextInt(3) / 4.0))
                .toArray();
        Table table = Table.builder().numeric("n", keys).build();
        PreparationPlan plan = PreparationPlan.forTrees().withAllCodes(true);
        assertThat(names(binary(plan, table, ofKeys))).containsExactly("n#code");
        assertThat(names(binary(plan, table, ofRanges))).containsExactly("n", "n#code");
    }

    private static int chance(SplittableRandom random, double share) {
        return random.nextDouble() < share ? 1 : 0;
    }

    @Test
    void codesAreForAtMostAHundredLevels() {
        for (int levels : new int[] {100, 101}) {
            int[] codes = IntStream.range(0, 2 * levels).map(row -> row / 2).toArray();
            Prepared prepared = binary(PreparationPlan.forTrees(), levels(levels, codes), new int[codes.length]);
            assertThat(prepared.preparation().features().get(0).cardinality()).isEqualTo(levels == 100 ? 100 : 0);
            assertThat(names(prepared)).first().isEqualTo(levels == 100 ? "c" : "c#target");
        }
    }

    @Test
    void levelsSeenOnceAreMergedFromAHundredRowsOn() {
        for (int rows : new int[] {99, 100}) {
            int[] codes = IntStream.range(0, rows)
                    .map(row -> row < 2 ? 2 + row : row % 2)
                    .toArray();
            Prepared prepared = binary(PreparationPlan.forTrees(), levels(4, codes), new int[rows]);
            assertThat(prepared.preparation().features().get(0).cardinality()).isEqualTo(rows < 100 ? 4 : 3);
            assertThat(column(prepared.features(), "c")).startsWith(2, rows < 100 ? 3 : 2, 0, 1);
        }
    }

    @Test
    void aTrainingRowSeesTheRowsBeforeItInEachOfFourOrders() {
        // Two rows of each level: in an order the first of them gets the prior, the second a mean with the first.
        int[] labels = {1, 0, 1, 1, 0, 0, 1, 0, 0, 0};
        int[] codes = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4};
        Prepared prepared = binary(PreparationPlan.forTrees().withTargetStatistics(false), levels(5, codes), labels);
        float[] target = column(prepared.features(), "c#target");
        double prior = 0.4;
        boolean mixed = false;
        for (int level = 0; level < 5; level++) {
            double after = 0;
            for (int i = 0; i < 2; i++) {
                int row = 2 * level + i;
                double second = (labels[2 * level + 1 - i] + prior) / 2;
                // The share of the orders in which this row came second.
                double share = (target[row] - prior) / (second - prior);
                assertThat(share * 4).isCloseTo(Math.rint(share * 4), within(1e-4));
                mixed |= share > 0.1 && share < 0.9;
                after += share;
            }
            assertThat(after).isCloseTo(1, within(1e-5));
        }
        assertThat(mixed).isTrue();
        assertThat(column(prepared.features(), "c#count")).containsOnly((float) Math.log(3));
    }

    @Test
    void anOrderIsTheSameForAllClasses() {
        int[] labels = {0, 1, 1, 2, 2, 0, 0, 0};
        int[] codes = {0, 0, 1, 1, 2, 2, 3, 3};
        double[] prior = {4 / 8.0, 2 / 8.0, 2 / 8.0};
        Prepared prepared = fit(
                PreparationPlan.forTrees().withTargetStatistics(false),
                THREE,
                levels(4, codes),
                Target.ofLabels(labels));
        for (int row = 0; row < 8; row++) {
            int other = labels[row ^ 1];
            double[] shares = new double[3];
            for (int k = 0; k < 3; k++) {
                double second = ((other == k ? 1 : 0) + prior[k]) / 2;
                shares[k] = (column(prepared.features(), "c#target" + k)[row] - prior[k]) / (second - prior[k]);
            }
            // The share of the four orders in which the other row of the level came first.
            assertThat(4 * shares[0]).isCloseTo(Math.rint(4 * shares[0]), within(1e-4));
            assertThat(shares[1]).isCloseTo(shares[0], within(1e-5));
            assertThat(shares[2]).isCloseTo(shares[0], within(1e-5));
        }
    }

    @Test
    void statisticsForKernelsAreStandardisedOverTheTrainingRows() {
        SplittableRandom random = new SplittableRandom(3);
        int[] codes = random.ints(500, 0, 25).map(code -> code * code / 25).toArray();
        int[] labels = random.ints(500, 0, 2).toArray();
        Prepared prepared = binary(PreparationPlan.forKernels(), levels(25, codes), labels);
        assertThat(names(prepared)).containsExactly("c#target", "c#count");
        FeatureMatrix all = prepared.preparation().transform(levels(25, codes));
        for (String name : names(prepared)) {
            float[] values = column(all, name);
            double mean = IntStream.range(0, 500)
                    .mapToDouble(i -> values[i])
                    .average()
                    .orElseThrow();
            double square = IntStream.range(0, 500)
                    .mapToDouble(i -> values[i] * values[i])
                    .average()
                    .orElseThrow();
            assertThat(mean).isCloseTo(0, within(1e-5));
            assertThat(square).isCloseTo(1, within(1e-5));
        }
        // The training rows are moved and scaled by the same numbers: on average they lie near the others.
        float[] training = column(prepared.features(), "c#target");
        assertThat(IntStream.range(0, 500)
                        .mapToDouble(i -> training[i])
                        .average()
                        .orElseThrow())
                .isBetween(-1.0, 1.0);
    }

    @Test
    void everyClassHasItsShareAndRealTargetsAreStandardised() {
        int[] codes = {0, 0, 0, 1, 1, 2};
        Table asked = levels(3, 0, 1, 2, -2);
        Prepared classes = fit(
                PreparationPlan.forTrees().withTargetStatistics(false),
                THREE,
                levels(3, codes),
                Target.ofLabels(0, 1, 1, 2, 2, 0));
        assertThat(names(classes)).containsExactly("c", "c#target0", "c#target1", "c#target2", "c#count");
        FeatureMatrix shares = classes.preparation().transform(asked);
        double third = 1 / 3.0;
        close(column(shares, "c#target0"), (1 + third) / 4, third / 3, (1 + third) / 2, third);
        close(column(shares, "c#target1"), (2 + third) / 4, third / 3, third / 2, third);
        close(column(shares, "c#target2"), third / 4, (2 + third) / 3, third / 2, third);
        close(column(shares, "c#count"), Math.log(4), Math.log(3), Math.log(2), 0);
        // Mean 5, deviation 2: standardised, so that the prior is 0.
        Prepared real = fit(
                PreparationPlan.forTrees().withTargetStatistics(false),
                new RegressionTask("y"),
                levels(3, 0, 0, 0, 1, 1, 1, 2, 2),
                Target.ofValues(2, 4, 4, 4, 5, 5, 7, 9));
        close(
                column(real.preparation().transform(asked), "c#target"),
                (-1.5 - 0.5 - 0.5) / 4,
                (-0.5 + 0 + 0) / 4,
                (1 + 2) / 3.0,
                0);
    }

    private static void close(float[] given, double... expected) {
        assertThat(given).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(given[i]).isCloseTo((float) expected[i], within(1e-6f));
        }
    }

    @Test
    void theGainIsTheFallOfTheErrorWhenEachHalfPredictsTheOther() {
        int[] labels = {0, 1, 2, 0, 1, 2, 0, 0, 1, 1};
        int[] levels = {2, 3, 2, 2, 3, 3, 2, 2, 3, 4};
        double[] weights = {1, 2, 1, 1, 3, 1, 1, 2, 1, 1};
        int[] rows = {4, 1, 8, 0, 9, 3, 7, 2, 6, 5};
        Table table = Table.builder().numeric("x", new double[10]).build();
        FitInput input = new FitInput(
                table, Target.ofLabels(labels), Weights.of(weights), new PrepareContext(THREE, 1, Deadline.never()));
        double total = Arrays.stream(weights).sum();
        double[] prior = new double[3];
        for (int row = 0; row < 10; row++) {
            prior[labels[row]] += weights[row] / total;
        }
        double expected = 0;
        for (int i = 0; i < 10; i++) {
            for (int k = 0; k < 3; k++) {
                double sum = 5 * prior[k];
                double count = 5;
                for (int j = 1 - i % 2; j < 10; j += 2) {
                    if (levels[j] == levels[i]) {
                        sum += labels[rows[j]] == k ? weights[rows[j]] : 0;
                        count += weights[rows[j]];
                    }
                }
                double value = labels[rows[i]] == k ? 1 : 0;
                expected += weights[rows[i]] * (Math.pow(value - prior[k], 2) - Math.pow(value - sum / count, 2));
            }
        }
        LevelGain gain = new LevelGain(input.target(), rows);
        assertThat(gain.of(levels, 5)).isCloseTo(expected / total, within(1e-12));
        assertThat(gain.rows()).isSameAs(rows);
    }

    @Test
    void numbersAreReadAsLevelsOnlyIfWholeAndRepeated() {
        assertThat(reading(1, 2, 1, 2)).containsExactly(1, 2);
        assertThat(reading(-0.0, 0.0, 3, 3)).containsExactly(0, 3);
        assertThat(reading(1, 1, 2, 2, Double.NaN)).containsExactly(1, 2);
        assertThat(reading(1, 2, 1, 2.5)).isEmpty();
        assertThat(reading(1, 1, 1, 1)).isEmpty();
        assertThat(reading(1, 2, 3, 1)).isEmpty();
        assertThat(reading(1, 2, 3, 1, 2, 3)).containsExactly(1, 2, 3);
        LevelSource.Numbers source = new LevelSource.Numbers(0, new double[] {0, 3});
        assertThat(source.size()).isEqualTo(4);
        NumericColumn cells = NumericColumn.of(-0.0, 3, 4, Double.NaN, Double.NEGATIVE_INFINITY);
        assertThat(IntStream.range(0, 5).map(row -> source.level(cells, row)))
                .containsExactly(2, 3, LevelSource.UNSEEN, LevelSource.MISSING, LevelSource.MISSING);
    }

    private static double[] reading(double... numbers) {
        FitInput input = new FitInput(
                Table.builder().numeric("n", numbers).build(),
                Target.ofLabels(new int[numbers.length]),
                Weights.none(),
                RandomTables.context(RandomTables.BINARY, 1));
        LevelSource.Numbers source = NumberReadings.of(input, 0);
        if (source == null) {
            return new double[0];
        }
        double[] keys = Arrays.stream(numbers)
                .filter(Double::isFinite)
                .map(number -> number + 0.0)
                .distinct()
                .sorted()
                .toArray();
        assertThat(source.size()).isEqualTo(keys.length + 2);
        NumericColumn cells = NumericColumn.of(keys);
        for (int i = 0; i < keys.length; i++) {
            assertThat(source.level(cells, i)).isEqualTo(i + 2);
        }
        return keys;
    }

    @Test
    void atMostThirtyPairsAreKeptAndNoColumnIsPairedWithItself() {
        int rows = 3000;
        SplittableRandom random = new SplittableRandom(8);
        Table.Builder table = Table.builder();
        int[] labels = new int[rows];
        List<int[]> columns = new ArrayList<>();
        for (int c = 0; c < 10; c++) {
            columns.add(random.ints(rows, 0, 3).toArray());
            table.column("c" + c, CategoricalColumn.of(columns.get(c), List.of("x", "y", "z")));
        }
        for (int row = 0; row < rows; row++) {
            int votes = 0;
            for (int c = 0; c < 10; c += 2) {
                votes += columns.get(c)[row] == columns.get(c + 1)[row] ? 2 : -1;
            }
            labels[row] = votes > 0 ? 1 : 0;
        }
        Prepared prepared = binary(PreparationPlan.forTrees().withTargetStatistics(true), table.build(), labels);
        List<String> pairs = names(prepared).stream()
                .filter(name -> name.contains("*") && name.endsWith("#target"))
                .toList();
        assertThat(pairs).hasSizeLessThanOrEqualTo(30).doesNotHaveDuplicates();
        // The best first: those whose equality counts.
        List<String> best = pairs.subList(0, 5).stream()
                .map(name -> name.replaceAll("\\D", ""))
                .map(digits -> Math.min(digits.charAt(0), digits.charAt(1)) == digits.charAt(0)
                        ? digits
                        : digits.charAt(1) + digits.substring(0, 1))
                .sorted()
                .toList();
        assertThat(best).containsExactly("01", "23", "45", "67", "89");
        for (String name : pairs) {
            String[] sides = name.substring(0, name.indexOf('#')).split("\\*");
            assertThat(sides[0]).isNotEqualTo(sides[1]);
        }
    }
}
