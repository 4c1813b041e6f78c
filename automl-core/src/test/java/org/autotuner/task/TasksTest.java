package org.autotuner.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.autotuner.bundle.Node;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.error.DataException;
import org.junit.jupiter.api.Test;

class TasksTest {

    private static Table numbers(double... values) {
        return Table.builder().numeric("y", values).build();
    }

    private static Table words(String... values) {
        return Table.builder().categorical("y", values).build();
    }

    private static double[] repeat(int count, int distinct) {
        return IntStream.range(0, count).mapToDouble(i -> i % distinct).toArray();
    }

    @Test
    void twoLevelsAreBinaryWithTheTellingNameAsPositive() {
        TaskInference found = Tasks.infer(words("yes", "no", "yes", "yes"), "y");
        assertThat(found.task()).isEqualTo(new BinaryTask("y", "no", "yes"));
        assertThat(found.reason()).contains("by its name");
        assertThat(Tasks.infer(words("bad", "good", "bad"), "y").task()).isEqualTo(new BinaryTask("y", "good", "bad"));
    }

    @Test
    void withoutATellingNameTheRarerLevelIsPositive() {
        TaskInference found = Tasks.infer(words("red", "blue", "blue", "red", "blue"), "y");
        assertThat(found.task()).isEqualTo(new BinaryTask("y", "blue", "red"));
        assertThat(found.reason()).contains("rarer");
    }

    @Test
    void twoNumbersAreBinary() {
        assertThat(Tasks.infer(numbers(0, 1, 1, 0, 1), "y").task()).isEqualTo(new BinaryTask("y", "0", "1"));
    }

    @Test
    void threeLevelsAreMulticlass() {
        assertThat(Tasks.infer(words("c", "a", "b"), "y").task())
                .isEqualTo(new MulticlassTask("y", List.of("a", "b", "c")));
    }

    @Test
    void aThousandClassesWork() {
        String[] labels = IntStream.range(0, 2000).mapToObj(i -> "k" + i % 1000).toArray(String[]::new);
        Table table = words(labels);
        Task task = Tasks.infer(table, "y").task();
        assertThat(task.outputs()).isEqualTo(1000);
        Target target = Tasks.encode(task, table);
        assertThat(task.labels().get(target.label(1234))).isEqualTo("k234");
    }

    @Test
    void manyNumbersAreRegression() {
        assertThat(Tasks.infer(numbers(1.5, 2, 3), "y").task()).isEqualTo(new RegressionTask("y"));
        assertThat(Tasks.infer(numbers(repeat(200, 11)), "y").task()).isInstanceOf(RegressionTask.class);
        assertThat(Tasks.infer(numbers(repeat(99, 5)), "y").task()).isInstanceOf(RegressionTask.class);
    }

    @Test
    void fewSmallWholeNumbersOnManyRowsAreAmbiguous() {
        assertThatThrownBy(() -> Tasks.infer(numbers(repeat(100, 10)), "y"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Tasks.multiclass")
                .hasMessageContaining("Tasks.regression");
    }

    @Test
    void targetsThatCannotBeLearnedAreRefusedWithAdvice() {
        assertThatThrownBy(() -> Tasks.infer(words("a", "a"), "y"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nothing to learn");
        assertThatThrownBy(() -> Tasks.infer(numbers(1, Double.NaN, 3, Double.NaN), "y"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 of 4 rows")
                .hasMessageContaining("1, 3");
        assertThatThrownBy(() -> Tasks.infer(numbers(1, 2, Double.POSITIVE_INFINITY), "y"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("row 2");
        assertThatThrownBy(() ->
                        Tasks.infer(Table.builder().text("y", "free", "text").build(), "y"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("text");
        assertThatThrownBy(() -> Tasks.infer(numbers(), "y")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Tasks.infer(numbers(1), "z"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'z'");
    }

    @Test
    void thePositiveLabelCanBeGiven() {
        assertThat(Tasks.binary(words("a", "b"), "y", "a")).isEqualTo(new BinaryTask("y", "b", "a"));
        assertThatThrownBy(() -> Tasks.binary(words("a", "b"), "y", "c"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'c'");
    }

    @Test
    void numericLabelsAreOrderedAsNumbers() {
        assertThat(Tasks.multiclass(numbers(10, 9, 100, 9), "y").labels()).containsExactly("9", "10", "100");
    }

    @Test
    void encodingNamesTheRowOfAnUnusableCell() {
        Task task = new BinaryTask("y", "a", "b");
        assertThat(Tasks.encode(task, words("b", "a")).label(0)).isEqualTo(1);
        assertThatThrownBy(() -> Tasks.encode(task, words("a", "c")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'c'")
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> Tasks.encode(task, words("a", null)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("missing in row 1");
        assertThatThrownBy(() -> Tasks.encode(new RegressionTask("y"), numbers(1, Double.NEGATIVE_INFINITY)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> Tasks.encode(new RegressionTask("y"), words("a")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("needs numbers");
    }

    @Test
    void weightsComeFromTheirColumn() {
        Table table = numbers(1, 0, 2).withRole("y", Role.WEIGHT);
        Weights weights = Tasks.weights(table);
        assertThat(weights.at(1)).isZero();
        assertThat(weights.at(2)).isEqualTo(2);
        assertThat(Tasks.weights(numbers(1)).isNone()).isTrue();
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Tasks.weights(numbers(1, bad).withRole("y", Role.WEIGHT)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("row 1");
        }
        assertThatThrownBy(() -> Tasks.weights(numbers(0, 0).withRole("y", Role.WEIGHT)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("0");
    }

    @Test
    void classWeightsMultiplyRowWeights() {
        Task task = new BinaryTask("y", "a", "b");
        Target target = Target.ofLabels(0, 0, 0, 1);
        Weights balanced = ClassWeights.balanced().apply(task, target, Weights.none());
        assertThat(balanced.at(0)).isEqualTo(4.0 / 6);
        assertThat(balanced.at(3)).isEqualTo(2);
        Weights given = ClassWeights.of(Map.of("b", 5.0)).apply(task, target, Weights.of(1, 2, 1, 3));
        assertThat(given.at(1)).isEqualTo(2);
        assertThat(given.at(3)).isEqualTo(15);
        assertThatThrownBy(() -> ClassWeights.of(Map.of("z", 1.0)).apply(task, target, Weights.none()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'z'");
    }

    @Test
    void withoutClassWeightsRowWeightsAreKept() {
        Weights rows = Weights.of(1, 2);
        assertThat(ClassWeights.of(Map.of()).times(rows, new RegressionTask("y"), Target.ofValues(1, 2)))
                .isSameAs(rows);
    }

    @Test
    void aTaskCanBeAskedFor() {
        assertThat(Tasks.classification(numbers(0, 1, 1), "y")).isEqualTo(new BinaryTask("y", "0", "1"));
        assertThat(Tasks.classification(numbers(repeat(100, 3)), "y").labels()).containsExactly("0", "1", "2");
        assertThat(Tasks.classification(Table.builder().text("y", "no", "yes").build(), "y"))
                .isEqualTo(new BinaryTask("y", "no", "yes"));
        assertThat(Tasks.regression(numbers(repeat(100, 3)), "y")).isEqualTo(new RegressionTask("y"));
        assertThat(Tasks.quantile(numbers(1, 2), "y", List.of(.5)).levels()).containsExactly(.5);
        assertThatThrownBy(() -> Tasks.regression(words("a"), "y")).isInstanceOf(DataException.class);
    }

    @Test
    void tasksSurviveWritingAndReading() {
        for (Task task : Arrays.asList(
                new BinaryTask("y", "a", "b"),
                new MulticlassTask("y", List.of("a", "b", "c")),
                new RegressionTask("y"),
                new QuantileTask("y", List.of(.1, .5)))) {
            Node node = Node.root();
            Tasks.write(task, node);
            assertThat(Tasks.read(node)).isEqualTo(task);
        }
        Node damaged = Node.root().put("kind", "binary").put("target", "y").putTexts("labels", List.of("a", "a"));
        assertThatThrownBy(() -> Tasks.read(damaged)).isInstanceOf(BundleException.class);
        Node unknown = Node.root().put("kind", "ranking").put("target", "y").putTexts("labels", List.of());
        assertThatThrownBy(() -> Tasks.read(unknown)).isInstanceOf(BundleException.class);
    }
}
