package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autotuner.prepare.PreparationPlanTest.names;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.budget.MutableClock;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

/** On made tables of which it is known what tells more than its columns. */
class ArithmeticChooserTest {

    private static final int ROWS = 2_000;
    private static final Task REAL = new RegressionTask("y");
    private static final Task THREE = new MulticlassTask("y", List.of("low", "middle", "high"));
    private static final PreparationPlan PLAN = PreparationPlan.forTrees().withArithmetic();

    /** Columns a, b, c and d of numbers from 1 to 10. */
    private static double[][] numbers(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] numbers = new double[4][ROWS];
        for (double[] column : numbers) {
            Arrays.setAll(column, row -> 1 + 9 * random.nextDouble());
        }
        return numbers;
    }

    private static Table table(double[][] numbers) {
        Table.Builder builder = Table.builder();
        for (int column = 0; column < numbers.length; column++) {
            builder.column(String.valueOf((char) ('a' + column)), NumericColumn.of(numbers[column]));
        }
        return builder.build();
    }

    /** Values with noise, or as many equally frequent classes as the task has, in order of the values with noise. */
    private static Target target(Task task, IntToDoubleFunction signal, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[ROWS];
        Arrays.setAll(values, row -> signal.applyAsDouble(row) + noise * random.nextGaussian());
        if (!task.isClassification()) {
            return Target.ofValues(values);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int classes = task.labels().size();
        return Target.ofLabels(Arrays.stream(values)
                .mapToInt(value -> (int) IntStream.range(1, classes)
                        .filter(label -> value >= sorted[ROWS * label / classes])
                        .count())
                .toArray());
    }

    private static List<String> chosen(Task task, Table table, Target target, Weights weights, long seed) {
        Prepared prepared = PLAN.fit(table, target, weights, RandomTables.context(task, seed));
        List<String> columns = table.schema().names();
        return names(prepared).stream().filter(name -> !columns.contains(name)).toList();
    }

    private static List<String> chosen(Task task, Table table, Target target) {
        return chosen(task, table, target, Weights.none(), 1);
    }

    @Test
    void theRatioThatMakesTheTargetIsChosenFirst() {
        double[][] x = numbers(1);
        Target real = target(REAL, row -> x[0][row] / x[1][row] + 0.1 * x[2][row], 0.1, 2);
        assertThat(chosen(REAL, table(x), real).get(0)).isIn("a/b", "b/a");
        // The logarithm of a ratio is a sum; how far it is from 0 is none.
        for (Task task : List.of(REAL, RandomTables.BINARY, THREE)) {
            Target target = target(task, row -> Math.abs(Math.log(x[0][row] / x[1][row])), 0.1, 2);
            assertThat(chosen(task, table(x), target).get(0)).as(task.kind()).isIn("a/b", "b/a");
        }
    }

    @Test
    void soAreDifferencesProductsAndSums() {
        double[][] x = numbers(3);
        Table table = table(x);
        for (Task task : List.of(REAL, RandomTables.BINARY, THREE)) {
            Target near = target(task, row -> Math.abs(x[1][row] - x[3][row]), 0.1, 4);
            assertThat(chosen(task, table, near).get(0)).as(task.kind()).isIn("b-d", "d-b");
            Target sine = target(task, row -> Math.sin(x[0][row] + x[2][row]), 0.1, 4);
            assertThat(chosen(task, table, sine).get(0)).as(task.kind()).isIn("a+c", "c+a");
        }
        double[][] signed = numbers(3);
        for (double[] column : signed) {
            Arrays.setAll(column, row -> column[row] - 5.5);
        }
        Target product = target(REAL, row -> signed[0][row] * signed[3][row], 0.5, 4);
        assertThat(chosen(REAL, table(signed), product).get(0)).isIn("a*d", "d*a");
    }

    @Test
    void nothingIsChosenWhereColumnsSpeakForThemselves() {
        for (int seed = 0; seed < 5; seed++) {
            double[][] x = numbers(seed);
            IntToDoubleFunction sum = row -> Math.sin(x[0][row]) + 0.05 * x[1][row] * x[1][row] + x[2][row] / 5;
            for (Task task : List.of(REAL, RandomTables.BINARY)) {
                assertThat(chosen(task, table(x), target(task, sum, 0.3, seed)))
                        .as(task.kind() + " " + seed)
                        .isEmpty();
            }
        }
    }

    @Test
    void nothingIsChosenOfNoise() {
        for (int seed = 0; seed < 5; seed++) {
            for (Task task : List.of(REAL, RandomTables.BINARY, THREE)) {
                assertThat(chosen(task, table(numbers(seed)), target(task, row -> 0, 1, 10 + seed)))
                        .as(task.kind() + " " + seed)
                        .isEmpty();
            }
        }
    }

    @Test
    void aStrongMeaningIsFoundBesideMissingInfiniteAndConstantNumbers() {
        double[][] x = Arrays.copyOf(numbers(5), 6);
        x[4] = new double[ROWS];
        x[5] = new double[ROWS];
        Arrays.setAll(x[5], row -> row % 3 == 0 ? Double.MAX_VALUE : row % 2 == 0 ? -Double.MAX_VALUE : 0);
        Target target = target(REAL, row -> x[0][row] / x[1][row], 0.1, 6);
        for (int row = 0; row < ROWS; row += 10) {
            x[0][row] = Double.NaN;
            x[1][row + 1] = Double.NEGATIVE_INFINITY;
            x[1][row + 2] = 0;
            x[2][row + 3] = Double.POSITIVE_INFINITY;
        }
        List<String> chosen = chosen(REAL, table(x), target);
        assertThat(chosen.get(0)).isIn("a/b", "b/a");
        assertThat(chosen).allMatch(name -> !name.contains("e"));
    }

    @Test
    void rowsOfWeightZeroTeachNothing() {
        double[][] x = numbers(7);
        Target target = target(REAL, row -> row < 1500 ? Math.abs(x[0][row] - x[1][row]) : 2, 0.1, 8);
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 1500, ROWS, 1);
        assertThat(chosen(REAL, table(x), target, Weights.none(), 1)).isNotEmpty();
        assertThat(chosen(REAL, table(x), target, Weights.of(weights), 1)).isEmpty();
    }

    @Test
    void equalSeedsChooseEqually() {
        double[][] x = numbers(9);
        Target target = target(REAL, row -> x[0][row] / x[1][row] + x[2][row] * x[3][row] / 20, 0.1, 9);
        List<String> first = chosen(REAL, table(x), target, Weights.none(), 3);
        assertThat(first).isNotEmpty().hasSizeLessThanOrEqualTo(ArithmeticChooser.FEATURES);
        assertThat(chosen(REAL, table(x), target, Weights.none(), 3)).isEqualTo(first);
    }

    @Test
    void chosenFeaturesHoldTheResultsForTrainingAndOtherRows() {
        double[][] x = numbers(11);
        Target target = target(REAL, row -> x[0][row] / x[1][row], 0.1, 12);
        Prepared prepared = PLAN.fit(table(x), target, Weights.none(), RandomTables.context(REAL, 1));
        String name = chosen(REAL, table(x), target).get(0);
        float[] training = PreparationPlanTest.column(prepared.features(), name);
        int over = name.equals("a/b") ? 0 : 1;
        for (int row = 0; row < ROWS; row += 100) {
            assertThat(training[row]).isEqualTo((float) (x[over][row] / x[1 - over][row]));
        }
        float[] other = PreparationPlanTest.column(prepared.preparation().transform(table(numbers(13))), name);
        assertThat(other[5]).isEqualTo((float) (numbers(13)[over][5] / numbers(13)[1 - over][5]));
        assertThat(prepared.preparation().features())
                .filteredOn(feature -> feature.name().equals(name))
                .containsExactly(new Feature(name, over == 0 ? "a" : "b", 0));
    }

    @Test
    void tooManyColumnsAndPlansForOthersGetNone() {
        double[][] few = numbers(1);
        Target target = target(REAL, row -> few[0][row] / few[1][row], 0.1, 2);
        double[][] many = new double[ArithmeticChooser.MOST_COLUMNS + 1][];
        for (int column = 0; column < many.length; column++) {
            many[column] = few[column % 4];
        }
        Table.Builder builder = Table.builder();
        for (int column = 0; column < many.length; column++) {
            builder.column("n" + column, NumericColumn.of(many[column]));
        }
        assertThat(chosen(REAL, builder.build(), target)).isEmpty();
        assertThatThrownBy(() -> PreparationPlan.forLinear().withArithmetic())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("forTrees");
    }

    @Test
    void theDeadlineEndsTheChoice() {
        double[][] x = numbers(1);
        MutableClock clock = new MutableClock();
        Deadline deadline = Deadline.after(Duration.ofSeconds(1), clock, new Cancellation());
        FitInput input = new FitInput(
                table(x), target(REAL, row -> x[0][row], 1, 1), Weights.none(), new PrepareContext(REAL, 1, deadline));
        clock.advance(Duration.ofSeconds(2));
        assertThatThrownBy(() -> ArithmeticChooser.choose(input)).isInstanceOf(DeadlineExceededException.class);
    }
}
