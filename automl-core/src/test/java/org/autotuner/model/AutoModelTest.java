package org.autotuner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Role;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.autotuner.evaluate.Conformal;
import org.autotuner.evaluate.Evaluation;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Prediction;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.FittedPreparations;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.score.ConstantScorer;
import org.autotuner.score.Scorer;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class AutoModelTest {

    private static final int THREADS = 32;

    record Customer(Double age, Double income, String plan, java.time.Instant joined, String note) {}

    @Test
    void aRowARecordAndATableGiveTheSameBits() {
        AutoModel model = TestModels.sample(3);
        Table table = TestModels.table(new SplittableRandom(4), AutoModel.CHUNK + 200);
        Predictions all = model.predict(table);
        assertThat(Arrays.stream(all.toArray()).distinct().count()).isGreaterThan(1_000);
        for (int row = AutoModel.CHUNK - 200; row < table.rowCount(); row++) {
            Row cells = table.row(row);
            assertThat(output(model.predict(cells))).as("row %d", row).isEqualTo(all.output(row, 0));
            assertThat(output(model.predict(customer(cells))))
                    .as("record %d", row)
                    .isEqualTo(all.output(row, 0));
            assertThat(model.predict(table.rows(new int[] {row})).output(0, 0))
                    .as("table of row %d", row)
                    .isEqualTo(all.output(row, 0));
        }
    }

    private static Customer customer(Row cells) {
        return new Customer(
                (Double) cells.value("age"),
                (Double) cells.value("income"),
                (String) cells.value("plan"),
                (java.time.Instant) cells.value("joined"),
                (String) cells.value("note"));
    }

    @Test
    void thirtyTwoThreadsGiveTheAnswersOfOne() throws Exception {
        AutoModel model = TestModels.sample(3);
        Table table = TestModels.table(new SplittableRandom(5), 2 * AutoModel.CHUNK + 5);
        double[] expected = model.predict(table).toArray();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            assertThat(model.predict(table, threads).toArray()).isEqualTo(expected);
            // a model nobody has used yet, so that whatever it makes at first use is made in a race
            AutoModel fresh = TestModels.sample(3);
            CountDownLatch start = new CountDownLatch(1);
            List<Future<double[]>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                results.add(threads.submit(() -> {
                    start.await();
                    double[] outputs = new double[40];
                    for (int i = 0; i < outputs.length; i++) {
                        outputs[i] = output(fresh.predict(table.row(first + i)));
                    }
                    return outputs;
                }));
            }
            start.countDown();
            for (int thread = 0; thread < THREADS; thread++) {
                assertThat(results.get(thread).get())
                        .as("thread %d", thread)
                        .isEqualTo(Arrays.copyOfRange(expected, thread, thread + 40));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theThresholdDecidesTheLabelOfRowsAndTables() {
        AutoModel strict = constantBinary(0.3);
        AutoModel loose = constantBinary(0.25);
        assertThat(strict.predict(Row.of()).label()).isEqualTo("no");
        assertThat(loose.predict(Row.of()).label()).isEqualTo("yes");
        Table table = TestModels.table(new SplittableRandom(1), 3);
        assertThat(loose.predict(table).chosen(2)).isEqualTo(1);
        assertThat(strict.predict(table).row(2).label()).isEqualTo("no");
        assertThat(strict.predict(Row.of()).probability("yes")).isEqualTo(0.28);
        assertThat(strict.decisionThreshold()).isEqualTo(0.3);
    }

    private static AutoModel constantBinary(double threshold) {
        return AutoModel.builder(schema(), new BinaryTask("buys", "no", "yes"), "roc_auc")
                .member("constant", 1, FittedPreparations.none(), ConstantScorer.of(0.28))
                .threshold(threshold)
                .build();
    }

    @Test
    void evaluationMeasuresThePredictionsOfTheTable() {
        AutoModel model = TestModels.sample(8);
        Table table = TestModels.table(new SplittableRandom(9), 300);
        Evaluation evaluation = model.evaluate(table);
        Predictions predictions = model.predict(table);
        assertThat(evaluation.rows()).isEqualTo(300);
        assertThat(evaluation.scores()).containsKeys("roc_auc", "log_loss", "f1", "accuracy");
        for (String name : List.of("roc_auc", "log_loss", "accuracy")) {
            assertThat(evaluation.score(Metrics.byName(name)))
                    .as(name)
                    .isEqualTo(
                            Metrics.byName(name).score(Tasks.encode(model.task(), table), predictions, Weights.none()));
        }
        assertThat(evaluation.interval(Metrics.rocAuc()).low())
                .isLessThan(evaluation.score(Metrics.rocAuc()))
                .isPositive();
    }

    @Test
    void evaluationHeedsTheWeightColumnAndNamesWhatItCannotUse() {
        AutoModel model = TestModels.sample(8);
        Table table = TestModels.table(new SplittableRandom(9), 60);
        double[] weights = new double[60];
        Arrays.fill(weights, 0, 30, 1);
        Table weighted = table.withColumn("w", NumericColumn.of(weights)).withRole("w", Role.WEIGHT);
        assertThat(model.evaluate(weighted).score(Metrics.logLoss()))
                .isCloseTo(model.evaluate(table.head(30)).score(Metrics.logLoss()), within(1e-12));
        assertThatThrownBy(() -> model.evaluate(table.without("buys")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("buys");
        Table other = table.without("buys").withColumn("buys", NumericColumn.of(new double[60]));
        assertThatThrownBy(() -> model.evaluate(other))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("buys");
    }

    @Test
    void intervalsAndLabelSetsHoldTheWantedCoverage() {
        AutoModel model = regression()
                .member("constant", 1, FittedPreparations.none(), constant(10))
                .conformal(new Conformal(0.9, 4))
                .conformal(new Conformal(0.5, 1))
                .build();
        assertThat(model.coverages()).containsExactly(0.5, 0.9);
        assertThat(model.interval(Row.of(), 0.5).low()).isEqualTo(9);
        assertThat(model.interval(Row.of(), 0.8).high()).isEqualTo(14);
        assertThatThrownBy(() -> model.interval(Row.of(), 0.95)).hasMessageContaining("[0.5, 0.9]");
        assertThatThrownBy(() -> model.labels(Row.of(), 0.5)).isInstanceOf(IllegalStateException.class);

        AutoModel classes = AutoModel.builder(schema(), new MulticlassTask("y", List.of("a", "b", "c")), "log_loss")
                .member("constant", 1, FittedPreparations.none(), ConstantScorer.of(0.6, 0.3, 0.1))
                .conformal(new Conformal(0.9, 0.75))
                .build();
        assertThat(classes.labels(Row.of(), 0.9)).containsExactly("a", "b");
        assertThatThrownBy(() -> classes.interval(Row.of(), 0.9)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> AutoModel.builder(schema(), new QuantileTask("y", List.of(0.5)), "pinball")
                        .member("constant", 1, FittedPreparations.none(), constant(1))
                        .conformal(new Conformal(0.9, 1))
                        .build())
                .hasMessageContaining("quantile");
    }

    @Test
    void partsAreAveragedAndMembersWeighted() {
        AutoModelBuilder builder = regression();
        FittedPreparation none = FittedPreparations.none();
        int number = builder.preparation(none);
        AutoModel model = builder.member(new Member(
                        "folds",
                        3,
                        List.of(new Member.Part(number, constant(1)), new Member.Part(number, constant(3)))))
                .member("single", 1, none, constant(10))
                .build();
        assertThat(model.preparations()).hasSize(1);
        assertThat(model.predict(Row.of()).value()).isCloseTo((3 * 2.0 + 10) / 4, within(1e-12));
        assertThat(model.members()).extracting(Member::weight).containsExactly(0.75, 0.25);
        AutoModel smaller = model.withoutMembersBelow(0.5);
        assertThat(smaller.predict(Row.of()).value()).isEqualTo(2);
        assertThat(smaller.members()).hasSize(1);
        assertThat(model.withoutMembersBelow(1).members()).hasSize(1);
        assertThat(model.withoutMembersBelow(0)).isSameAs(model);
    }

    @Test
    void unusedPreparationsGoWithTheirMembers() {
        FittedPreparation kept = FittedPreparations.none();
        AutoModel model = regression()
                .member("small", 1, FittedPreparations.none(), constant(1))
                .member("large", 2, kept, constant(4))
                .conformal(new Conformal(0.9, 1))
                .build()
                .withoutMembersBelow(0.5);
        assertThat(model.preparations()).singleElement().isSameAs(kept);
        assertThat(model.predict(Row.of()).value()).isEqualTo(4);
        assertThat(model.coverages()).containsExactly(0.9);
    }

    @Test
    void temperatureFlattensAndLogLossHasAFloor() {
        Task binary = new BinaryTask("y", "no", "yes");
        assertThat(outputs(binary, "roc_auc", 2, 0.8)[0])
                .isCloseTo(Math.sqrt(0.8) / (Math.sqrt(0.8) + Math.sqrt(0.2)), within(1e-12));
        assertThat(outputs(binary, "roc_auc", 1, 0.0)[0]).isZero();
        assertThat(outputs(binary, "log_loss", 1, 0.0)[0]).isEqualTo(Blend.FLOOR);
        assertThat(outputs(binary, "log_loss", 1, 1.0)[0]).isEqualTo(1 - Blend.FLOOR);
        Task classes = new MulticlassTask("y", List.of("a", "b", "c"));
        double[] floored = outputs(classes, "log_loss", 1, 0, 0, 1);
        assertThat(floored[0]).isBetween(0.99e-6, 1e-6);
        assertThat(Arrays.stream(floored).sum()).isCloseTo(1, within(1e-12));
        assertThat(outputs(classes, "accuracy", 2, 0.64, 0.36, 0))
                .containsExactly(new double[] {8 / 14.0, 6 / 14.0, 0}, within(1e-12));
        assertThat(outputs(new QuantileTask("y", List.of(0.1, 0.9)), "pinball", 1, 5, 3))
                .containsExactly(3, 5);
    }

    @Test
    void partsThatDoNotFitEachOtherAreRefused() {
        assertThatThrownBy(() -> regression().build()).hasMessageContaining("member");
        assertThatThrownBy(() -> regression()
                        .member("two", 1, FittedPreparations.none(), ConstantScorer.of(1, 2))
                        .build())
                .hasMessageContaining("two");
        assertThatThrownBy(() -> new Member("x", 0, List.of())).isInstanceOf(IllegalArgumentException.class);
        FittedPreparation narrow =
                TestModels.prepare(PreparationPlan.forKernels(), TestModels.table(new SplittableRandom(1), 20), 1);
        Scorer wide = TestModels.sample(1).members().stream()
                .flatMap(member -> member.parts().stream())
                .map(Member.Part::scorer)
                .filter(scorer -> scorer.sparseWidth() > 0)
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> AutoModel.builder(schema(), TestModels.TASK, "log_loss")
                        .member("wide", 1, narrow, wide)
                        .build())
                .hasMessageContaining("wide")
                .hasMessageContaining("sparse");
    }

    private static org.autotuner.data.Schema schema() {
        return TestModels.table(new SplittableRandom(1), 1).schema();
    }

    private static AutoModelBuilder regression() {
        return AutoModel.builder(schema(), new RegressionTask("y"), "rmse");
    }

    private static Scorer constant(double value) {
        return ConstantScorer.of(value);
    }

    /** The single stored output of a binary prediction. */
    private static double output(Prediction prediction) {
        return prediction.probability("yes");
    }

    private static double[] outputs(Task task, String metric, double temperature, double... outputs) {
        return AutoModel.builder(schema(), task, metric)
                .member("constant", 1, FittedPreparations.none(), ConstantScorer.of(outputs))
                .temperature(temperature)
                .build()
                .predict(TestModels.table(new SplittableRandom(1), 1))
                .toArray();
    }
}
