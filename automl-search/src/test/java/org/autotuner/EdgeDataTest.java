package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.budget.Budget;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.fakes.Samples;
import org.autotuner.model.AutoModel;
import org.autotuner.predict.Prediction;
import org.autotuner.predict.Predictions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What happens to data at the edge, in training and in prediction, with the real families. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeDataTest {

    private AutoModel model;

    @BeforeAll
    void fitOnOrdinaryData() {
        model = tuner().build().fit(Samples.binary(300, 1));
    }

    @Test
    void anUnseenLevelIsPredictedLikeAnUnknownOne() {
        Prediction unseen = model.predict(Row.of("x", 0.9, "noise", 0.5, "kind", "never seen"));
        Prediction other = model.predict(Row.of("x", 0.9, "noise", 0.5, "kind", "also new"));
        assertThat(unseen.probability("yes"))
                .isEqualTo(other.probability("yes"))
                .isGreaterThan(0.5);
    }

    @Test
    void aMissingColumnIsPredictedLikeANull() {
        Prediction absent = model.predict(Row.of("x", 0.9, "noise", 0.5));
        Prediction none = model.predict(Row.of("x", 0.9, "noise", 0.5, "kind", null));
        assertThat(absent.probability("yes")).isEqualTo(none.probability("yes"));
    }

    @Test
    void aTableWithoutAColumnIsPredictedLikeOneWithMissingCells() {
        Table test = Samples.binary(20, 4);
        double[] missing = new double[20];
        Arrays.fill(missing, Double.NaN);
        Predictions without = model.predict(test.without("noise", "y"));
        Predictions empty = model.predict(test.withColumn("noise", NumericColumn.of(missing)));
        assertThat(without.toArray()).isEqualTo(empty.toArray());
    }

    @Test
    void aValueOfTheWrongTypeIsRefusedWithColumnAndValue() {
        assertThatThrownBy(() -> model.predict(Row.of("x", "a lot", "noise", 0.5, "kind", "a")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'x'")
                .hasMessageContaining("a lot");
    }

    @Test
    void aNumberWrittenAsTextIsUnderstood() {
        assertThat(model.predict(Row.of("x", "0.9", "noise", 0.5, "kind", "a")).probability("yes"))
                .isEqualTo(model.predict(Row.of("x", 0.9, "noise", 0.5, "kind", "a"))
                        .probability("yes"));
    }

    @Test
    void nullsAndNaNMeanTheSame() {
        assertThat(model.predict(Row.of("x", null, "noise", 0.5, "kind", "a")).probability("yes"))
                .isEqualTo(model.predict(Row.of("x", Double.NaN, "noise", 0.5, "kind", "a"))
                        .probability("yes"));
    }

    @Test
    void infinitiesCountAsMissing() {
        double missing =
                model.predict(Row.of("x", null, "noise", 0.5, "kind", "a")).probability("yes");
        for (double infinite : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(model.predict(Row.of("x", infinite, "noise", 0.5, "kind", "a"))
                            .probability("yes"))
                    .isEqualTo(missing);
        }
    }

    @Test
    void aRowWithNothingKnownStillGetsAnAnswer() {
        assertThat(model.predict(Row.of()).probability("yes")).isBetween(0.0, 1.0);
    }

    @Test
    void anEmptyTableGetsNoPredictions() {
        assertThat(model.predict(Samples.binary(5, 1).head(0)).size()).isZero();
    }

    @Test
    void nullsAndInfinitiesInTrainingDoNotHurt() {
        Table table = Samples.binary(200, 1);
        double[] x = numbers(table, "x");
        for (int i = 0; i < 200; i += 10) {
            x[i] = i % 20 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        AutoModel fitted = tuner().build().fit(table.withColumn("x", NumericColumn.of(x)));
        assertThat(fitted.validationScore()).isGreaterThan(0.8);
    }

    @Test
    void columnsWithoutAnyValueAreNoted() {
        Table table = Samples.binary(200, 1);
        double[] nothing = new double[200];
        Arrays.fill(nothing, Double.NaN);
        FitJob job = tuner().build()
                .submit(table.withColumn("void", NumericColumn.of(nothing))
                        .withColumn("blank", CategoricalColumn.ofValues(Arrays.asList(new String[200]))));
        assertThat(job.await().validationScore()).isGreaterThan(0.9);
        assertThat(job.report().warnings())
                .anyMatch(warning -> warning.contains("void"))
                .anyMatch(warning -> warning.contains("blank"));
    }

    @Test
    void aTableOfEmptyColumnsAloneGivesThePrior() {
        double[] nothing = new double[60];
        Arrays.fill(nothing, Double.NaN);
        String[] y = new String[60];
        Arrays.setAll(y, i -> i % 3 == 0 ? "yes" : "no");
        Table table =
                Table.builder().numeric("void", nothing).categorical("y", y).build();
        AutoModel fitted = tuner().build().fit(table);
        assertThat(fitted.predict(table).output(0, 0)).isCloseTo(1.0 / 3, within(0.05));
    }

    @Test
    void aTableOfTheTargetAloneGivesThePrior() {
        String[] y = new String[60];
        Arrays.setAll(y, i -> i % 3 == 0 ? "yes" : "no");
        Table table = Table.builder().categorical("y", y).build();
        AutoModel fitted = tuner().build().fit(table);
        assertThat(fitted.predict(Row.of()).probability("yes")).isCloseTo(1.0 / 3, within(0.05));
    }

    @Test
    void foldsOfOneClassDoNotHurt() {
        Table table = Samples.binary(60, 1);
        String[] y = new String[60];
        double[] fold = new double[60];
        Arrays.setAll(y, i -> i < 20 ? "yes" : "no");
        Arrays.setAll(fold, i -> i / 20);
        AutoModel fitted = tuner().foldColumn("fold")
                .build()
                .fit(table.withColumn("y", CategoricalColumn.ofValues(Arrays.asList(y)))
                        .withColumn("fold", NumericColumn.of(fold)));
        assertThat(fitted.predict(table).output(0, 0)).isBetween(0.0, 1.0);
    }

    @Test
    void aSingleRowOfTheRareClassDoesNotHurt() {
        String[] y = new String[60];
        Arrays.setAll(y, i -> i == 7 ? "yes" : "no");
        Table table = Samples.binary(60, 1).withColumn("y", CategoricalColumn.ofValues(Arrays.asList(y)));
        AutoModel fitted = tuner().build().fit(table);
        assertThat(fitted.predict(table).output(0, 0)).isBetween(0.0, 0.5);
    }

    @Test
    void twoRowsGiveAModel() {
        Table two =
                Table.builder().numeric("x", 0, 1).categorical("y", "no", "yes").build();
        AutoModel fitted = tuner().build().fit(two);
        assertThat(fitted.predict(Row.of("x", 1)).probability("yes")).isBetween(0.0, 1.0);
        AutoModel regression = tuner().regression()
                .build()
                .fit(Table.builder().numeric("x", 0, 1).numeric("y", 10, 20).build());
        assertThat(regression.predict(Row.of("x", 1)).value()).isBetween(-100.0, 100.0);
    }

    @Test
    void oneRowIsTooFewToLearnFrom() {
        Table one = Table.builder().numeric("x", 0).numeric("y", 10).build();
        assertThatThrownBy(() -> tuner().regression().build().fit(one)).isInstanceOf(DataException.class);
    }

    @Test
    void aTableWithoutRowsIsRefused() {
        assertThatThrownBy(() -> tuner().build().fit(Samples.binary(5, 1).head(0)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no rows");
    }

    @Test
    void tenThousandColumnsFitIntoTheBudget() {
        int rows = 40;
        SplittableRandom random = new SplittableRandom(1);
        Table.Builder builder = Table.builder();
        String[] y = new String[rows];
        Arrays.setAll(y, i -> i % 2 == 0 ? "yes" : "no");
        for (int column = 0; column < 10_000; column++) {
            double[] values = random.doubles(rows).toArray();
            if (column == 5_000) {
                Arrays.setAll(values, i -> i % 2);
            }
            builder.numeric("c" + column, values);
        }
        Table table = builder.categorical("y", y).build();
        long start = System.nanoTime();
        AutoModel fitted = AutoTuner.fit(table, "y", Budget.ofSeconds(3));
        assertThat((System.nanoTime() - start) * 1e-9).isLessThan(4);
        assertThat(fitted.predict(table).size()).isEqualTo(rows);
    }

    @Test
    void equalColumnNamesAreRefusedByName() {
        assertThatThrownBy(() -> Table.builder().numeric("x", 1).numeric("x", 2).build())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'x'");
    }

    @Test
    void aThousandClassesGiveProbabilitiesOfAllOfThem() {
        int rows = 3_000;
        double[] x = new double[rows];
        String[] y = new String[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = i % 1_000;
            y[i] = "class" + i % 1_000;
        }
        Table table = Table.builder().numeric("x", x).categorical("y", y).build();
        long start = System.nanoTime();
        AutoModel fitted = AutoTuner.fit(table, "y", Budget.ofSeconds(3));
        assertThat((System.nanoTime() - start) * 1e-9).isLessThan(4);
        Predictions one = fitted.predict(table.head(1));
        assertThat(Arrays.stream(one.toArray()).sum()).isCloseTo(1, within(1e-6));
        assertThat(one.toArray()).hasSize(1_000);
    }

    @Test
    void rowsOfWeightZeroTeachNothing() {
        Table table = Samples.binary(300, 1);
        double[] weight = new double[300];
        String[] y = new String[300];
        for (int i = 0; i < 300; i++) {
            weight[i] = i % 2;
            String truth = String.valueOf(table.column("y").value(i));
            y[i] = weight[i] == 1 ? truth : truth.equals("yes") ? "no" : "yes";
        }
        AutoModel fitted = tuner().weights("w")
                .build()
                .fit(table.withColumn("y", CategoricalColumn.ofValues(Arrays.asList(y)))
                        .withColumn("w", NumericColumn.of(weight)));
        assertThat(fitted.validationScore())
                .as("the rows of weight 0 are all wrong")
                .isGreaterThan(0.9);
        assertThat(fitted.predict(Row.of("x", 0.95, "noise", 0.5, "kind", "a")).probability("yes"))
                .isGreaterThan(0.5);
        assertThat(fitted.features().names()).doesNotContain("w");
    }

    @Test
    void aNegativeWeightIsRefusedWithItsRow() {
        Table table = Samples.binary(60, 1);
        double[] weight = new double[60];
        Arrays.fill(weight, 1);
        weight[17] = -1;
        assertThatThrownBy(() -> tuner().weights("w").build().fit(table.withColumn("w", NumericColumn.of(weight))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'w'")
                .hasMessageContaining("17");
    }

    @Test
    void weightsThatAreAllZeroAreRefused() {
        Table table = Samples.binary(60, 1).withColumn("w", NumericColumn.of(new double[60]));
        assertThatThrownBy(() -> tuner().weights("w").build().fit(table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'w'");
    }

    @Test
    void aFoldWhoseWeightsAreAllZeroDoesNotHurt() {
        Table table = Samples.binary(60, 1);
        double[] weight = new double[60];
        double[] fold = new double[60];
        Arrays.setAll(fold, i -> i / 20);
        Arrays.setAll(weight, i -> i < 20 ? 0 : 1);
        AutoModel fitted = tuner().weights("w")
                .foldColumn("fold")
                .build()
                .fit(table.withColumn("w", NumericColumn.of(weight)).withColumn("fold", NumericColumn.of(fold)));
        assertThat(fitted.predict(table).output(0, 0)).isBetween(0.0, 1.0);
    }

    @Test
    void classesOfWeightZeroDoNotHurt() {
        AutoModel fitted = tuner().classWeights(Map.of("yes", 0.0)).build().fit(Samples.binary(100, 1));
        assertThat(fitted.predict(Samples.binary(5, 2)).size()).isEqualTo(5);
    }

    @Test
    void aConstantTargetIsRefused() {
        String[] y = new String[30];
        Arrays.fill(y, "yes");
        Table table = Samples.binary(30, 1).withColumn("y", CategoricalColumn.ofValues(Arrays.asList(y)));
        assertThatThrownBy(() -> tuner().build().fit(table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nothing to learn");
    }

    @Test
    void aConstantTargetAskedForAsRegressionIsPredicted() {
        double[] y = new double[60];
        Arrays.fill(y, 7);
        Table table = Samples.binary(60, 1).withColumn("y", NumericColumn.of(y));
        AutoModel fitted = tuner().regression().build().fit(table);
        assertThat(fitted.predict(table).value(0)).isCloseTo(7, within(1e-3));
    }

    @Test
    void aMissingTargetIsRefusedWithItsRow() {
        String[] y = new String[30];
        Arrays.setAll(y, i -> i == 12 ? null : i % 2 == 0 ? "yes" : "no");
        Table table = Samples.binary(30, 1).withColumn("y", CategoricalColumn.ofValues(Arrays.asList(y)));
        assertThatThrownBy(() -> tuner().build().fit(table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'y'")
                .hasMessageContaining("12");
    }

    @Test
    void hugeAndTinyNumbersDoNotHurt() {
        Table table = Samples.binary(100, 1);
        double[] x = numbers(table, "x");
        for (int i = 0; i < x.length; i++) {
            x[i] = (x[i] - 0.5) * (i % 2 == 0 ? 1e300 : 1e-300);
        }
        AutoModel fitted = tuner().build().fit(table.withColumn("x", NumericColumn.of(x)));
        for (double output : fitted.predict(table).toArray()) {
            assertThat(output).isBetween(0.0, 1.0);
        }
    }

    private static AutoTuner.Builder tuner() {
        return AutoTuner.builder().target("y").budget(Budget.ofTrials(5).withThreads(2));
    }

    private static double[] numbers(Table table, String column) {
        double[] values = new double[table.rowCount()];
        NumericColumn cells = (NumericColumn) table.column(column);
        Arrays.setAll(values, cells::number);
        return values;
    }
}
