package org.autotuner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.score.LinearScorer;
import org.autotuner.score.Link;
import org.junit.jupiter.api.Test;

/** What a whole model does with cells that training did not hold. */
class ModelInputTest {

    private final AutoModel model = TestModels.sample(7);

    private static Row row(Object... namesAndValues) {
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("age", 40);
        cells.put("income", 30_000);
        cells.put("plan", "gold");
        cells.put("joined", LocalDate.of(2001, 5, 7));
        cells.put("note", "called 3 times");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            cells.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Row.from(cells);
    }

    private double yes(Row row) {
        return model.predict(row).probability("yes");
    }

    @Test
    void allUnseenLevelsGiveOneAnswer() {
        assertThat(yes(row("plan", "platinum")))
                .isEqualTo(yes(row("plan", "no such plan")))
                .isBetween(0.0, 1.0);
        assertThat(yes(row("plan", "basic"))).isNotEqualTo(yes(row("plan", "gold")));
        Table unseen =
                Table.builder().categorical("plan", "platinum", "gold", null).build();
        assertThat(model.predict(unseen).toArray())
                .containsExactly(
                        yes(Row.of("plan", "platinum")), yes(Row.of("plan", "gold")), yes(Row.of("plan", null)));
    }

    @Test
    void absentColumnsNullsNotANumberAndInfinitiesCountAsMissing() {
        double missing = yes(row("age", null));
        for (Object cell : new Object[] {
            Double.NaN, Float.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, "NA", ""
        }) {
            assertThat(yes(row("age", cell))).as("%s", cell).isEqualTo(missing);
        }
        Map<String, Object> without = new LinkedHashMap<>();
        row().names().stream()
                .filter(name -> !name.equals("age"))
                .forEach(name -> without.put(name, row().value(name)));
        assertThat(yes(Row.from(without))).isEqualTo(missing);
        assertThat(yes(Row.of())).isBetween(0.0, 1.0);
        double[] cells = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        assertThat(model.predict(Table.builder().numeric("age", cells).build()).toArray())
                .containsOnly(yes(Row.of()));
        assertThat(model.predict(Table.builder().numeric("other", 1, 2).build()).toArray())
                .containsOnly(yes(Row.of()));
    }

    @Test
    void theLargestAndSmallestNumbersGiveProbabilities() {
        for (double extreme : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 1e300, -0.0}) {
            assertThat(yes(row("age", extreme, "income", -extreme)))
                    .as("%s", extreme)
                    .isBetween(0.0, 1.0);
        }
        assertThat(yes(row("joined", LocalDate.of(-9_999, 1, 1)))).isBetween(0.0, 1.0);
        assertThat(yes(row("joined", LocalDate.of(99_999, 1, 1)))).isBetween(0.0, 1.0);
    }

    @Test
    void numbersAndDatesGivenAsTextAreRead() {
        assertThat(yes(row("age", "40", "joined", "2001-05-07"))).isEqualTo(yes(row()));
        assertThat(yes(row("age", 40L, "income", 30_000f))).isEqualTo(yes(row()));
    }

    @Test
    void wrongTypesNameTheColumnAndTheValue() {
        assertThatThrownBy(() -> model.predict(row("age", "old")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("age")
                .hasMessageContaining("old");
        assertThatThrownBy(() -> model.predict(row("joined", "long ago")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("joined")
                .hasMessageContaining("long ago");
        assertThatThrownBy(() -> model.predict(row("plan", List.of("gold"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("plan");
        Table table = Table.builder().categorical("age", "41", "42", "old").build();
        assertThatThrownBy(() -> model.predict(table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("age")
                .hasMessageContaining("3")
                .hasMessageContaining("old");
    }

    @Test
    void namesThatTheModelDoesNotKnowAreIgnored() {
        assertThat(yes(row("colour", "red", "Age", 3))).isEqualTo(yes(row()));
        assertThat(model.features().unknownNames(row("colour", "red"))).containsExactly("colour");
    }

    @Test
    void emptyTablesGiveNoPredictions() {
        assertThat(model.predict(TestModels.table(new SplittableRandom(1), 0)).size())
                .isZero();
    }

    @Test
    void tenThousandColumnsAreLearnedSavedAndPredicted() {
        SplittableRandom random = new SplittableRandom(11);
        Table.Builder columns = Table.builder();
        for (int c = 0; c < 10_000; c++) {
            columns.column("c" + c, NumericColumn.of(random.doubles(20).toArray()));
        }
        String[] buys = new String[20];
        for (int i = 0; i < buys.length; i++) {
            buys[i] = i % 2 == 0 ? "yes" : "no";
        }
        Table table = columns.categorical("buys", buys).build().withRole("buys", org.autotuner.data.Role.TARGET);
        FittedPreparation preparation = TestModels.prepare(PreparationPlan.forKernels(), table, 1);
        double[] weights =
                random.doubles(preparation.features().size(), -0.01, 0.01).toArray();
        AutoModel wide = AutoModel.builder(table.schema(), TestModels.TASK, "roc_auc")
                .member(
                        "linear",
                        1,
                        preparation,
                        LinearScorer.of(weights.length, 0, new double[1], weights, Link.SIGMOID))
                .build();
        double[] outputs = wide.predict(table).toArray();
        AutoModel again = TestModels.read(org.autotuner.bundle.Bundle.toBytes(wide.toNode()));
        assertThat(again.features().fields()).hasSize(10_000);
        List<Double> single = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            single.add(again.predict(table.row(row)).probability("yes"));
        }
        assertThat(single).containsExactly(outputs[0], outputs[1], outputs[2]).doesNotHaveDuplicates();
    }
}
