package org.autotuner.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.function.Function;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Predictions;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class ExplainTest {

    /** 2 a + b, and 10 more where the colour is red; c is not looked at. */
    private static final Function<Table, Predictions> MODEL = table -> {
        double[] outputs = new double[table.rowCount()];
        for (int row = 0; row < outputs.length; row++) {
            outputs[row] = 2 * ((NumericColumn) table.column("a")).number(row)
                    + ((NumericColumn) table.column("b")).number(row)
                    + (Objects.equals(table.column("colour").value(row), "red") ? 10 : 0);
        }
        return Predictions.of(new RegressionTask("y"), outputs);
    };

    private static final Table BACKGROUND = Table.builder()
            .numeric("a", 0, 2, 4, 6)
            .numeric("b", 1, 1, 3, 3)
            .numeric("c", 7, 8, 9, 10)
            .categorical("colour", "blue", "blue", "green", "blue")
            .build();

    @Test
    void contributionsOfAnAdditiveModelAreExactOnAverageAndSumUp() {
        Table one = Table.builder()
                .numeric("a", 10)
                .numeric("b", 2)
                .numeric("c", 0)
                .categorical("colour", "red")
                .build();
        LocalExplanation explanation = LocalExplanation.of(MODEL, one, 0, BACKGROUND, 0, 400, 1, Deadline.never());
        assertThat(explanation.prediction()).isEqualTo(32);
        assertThat(explanation.mean()).isCloseTo(8, within(1.0));
        double sum = explanation.contributions().stream()
                .mapToDouble(LocalExplanation.Contribution::amount)
                .sum();
        assertThat(explanation.mean() + sum).isCloseTo(32, within(1e-9));
        assertThat(explanation.contributions().get(0).column()).isEqualTo("a");
        assertThat(explanation.contributions().get(0).amount()).isCloseTo(14, within(1.0));
        assertThat(explanation.contributions().get(1))
                .isEqualTo(new LocalExplanation.Contribution("colour", "red", 10));
        assertThat(explanation.contributions().get(3).amount()).isZero();
        assertThat(explanation.toString()).contains("colour = red");
    }

    @Test
    void aPassedDeadlineStillGivesOneOrder() {
        LocalExplanation explanation =
                LocalExplanation.of(MODEL, BACKGROUND, 1, BACKGROUND, 0, 1_000_000, 1, cancelled());
        assertThat(explanation.contributions()).hasSize(4);
    }

    @Test
    void shufflingAnImportantColumnHurtsAndAnUnusedOneDoesNot() {
        Target truth = Target.ofValues(MODEL.apply(BACKGROUND).toArray());
        PermutationImportance importance = PermutationImportance.of(
                MODEL, BACKGROUND, truth, Weights.none(), Metrics.rmse(), 10, 3, Deadline.never());
        assertThat(importance.repeats()).isEqualTo(10);
        assertThat(importance.columns().get(0).column()).isEqualTo("a");
        assertThat(importance.columns())
                .allSatisfy(column -> assertThat(column.importance()).isBetween(column.low(), column.high()));
        assertThat(importance.columns())
                .filteredOn(column -> column.column().equals("c"))
                .allSatisfy(column -> assertThat(column.importance()).isZero());
        assertThat(importance.toString()).contains("rmse");
    }

    @Test
    void withoutTimeThereIsNoImportance() {
        Target truth = Target.ofValues(MODEL.apply(BACKGROUND).toArray());
        PermutationImportance importance =
                PermutationImportance.of(MODEL, BACKGROUND, truth, Weights.none(), Metrics.rmse(), 10, 3, cancelled());
        assertThat(importance.repeats()).isZero();
        assertThat(importance.columns()).isEmpty();
    }

    private static Deadline cancelled() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        return Deadline.unlimited(cancellation);
    }
}
