package org.autotuner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.autotuner.bundle.Bundle;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.error.DataException;
import org.autotuner.predict.Predictions;
import org.autotuner.score.ConstantScorer;
import org.autotuner.score.Scorer;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Task;
import org.junit.jupiter.api.Test;

class AutoModelTest {

    private static final long FIXTURE_SEED = 2026;

    record Visit(double age, Double income, int visits) {}

    @Test
    void aRowARecordAndATableGiveTheSamePredictionsInOneAndInManyThreads() throws Exception {
        AutoModel model = TestModels.sample(3);
        Table table = TestModels.table(new SplittableRandom(4), 3 * AutoModel.CHUNK + 5);
        Predictions all = model.predict(table);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            assertThat(model.predict(table, threads).toArray()).isEqualTo(all.toArray());
            List<Future<double[]>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(() -> model.predict(table.head(500)).toArray()));
            }
            for (Future<double[]> result : results) {
                assertThat(result.get()).isEqualTo(Arrays.copyOf(all.toArray(), 500));
            }
        } finally {
            threads.shutdownNow();
        }
        for (int row = 0; row < 200; row++) {
            assertThat(model.predict(table.row(row)).toArray())
                    .as("row %d", row)
                    .containsExactly(all.output(row, 0));
        }
        assertThat(model.predict(new Visit(1, null, 2)).toArray())
                .isEqualTo(model.predict(Row.of("visits", 2, "age", 1, "unknown", "x"))
                        .toArray());
    }

    @Test
    void aSavedModelComesBackWhole() {
        AutoModel model = TestModels.sample(5);
        byte[] file = Bundle.toBytes(model.toNode());
        AutoModel again = TestModels.read(file);
        Table table = TestModels.table(new SplittableRandom(6), 100);
        assertThat(again.predict(table).toArray())
                .isEqualTo(model.predict(table).toArray());
        assertThat(again.features()).isEqualTo(model.features());
        assertThat(again.task()).isEqualTo(model.task());
        assertThat(again.metric()).isEqualTo("log_loss");
        assertThat(again.decisionThreshold()).isEqualTo(0.4);
        assertThat(again.temperature()).isEqualTo(1.25);
        assertThat(again.validationScore()).isEqualTo(-0.31);
        assertThat(again.provenance()).isEqualTo(model.provenance());
        assertThat(again.attachment("profile").orElseThrow().doubles("shares")).containsExactly(0.25, Double.NaN);
        assertThat(again.attachment("leaderboard")).isEmpty();
        assertThat(Bundle.toBytes(again.toNode())).isEqualTo(file);
    }

    @Test
    void partsAreAveragedAndMembersWeighted() {
        TestModels.Plain plain = new TestModels.Plain(3);
        AutoModelBuilder builder = regression();
        int number = builder.preparation(plain);
        AutoModel model = builder.member(new Member(
                        "folds",
                        3,
                        List.of(new Member.Part(number, constant(1)), new Member.Part(number, constant(3)))))
                .member("single", 1, plain, constant(10))
                .build();
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
        AutoModel model = regression()
                .member("small", 1, new TestModels.Plain(3), constant(1))
                .member("large", 2, new TestModels.Plain(2), constant(4))
                .build()
                .withoutMembersBelow(0.5);
        assertThat(model.preparations()).containsExactly(new TestModels.Plain(2));
        assertThat(model.predict(Row.of()).value()).isEqualTo(4);
    }

    @Test
    void temperatureFlattensAndLogLossHasAFloor() {
        Task binary = new BinaryTask("y", "no", "yes");
        assertThat(output(binary, "roc_auc", 2, 0.8)[0])
                .isCloseTo(Math.sqrt(0.8) / (Math.sqrt(0.8) + Math.sqrt(0.2)), within(1e-12));
        assertThat(output(binary, "roc_auc", 1, 0.0)[0]).isZero();
        assertThat(output(binary, "log_loss", 1, 0.0)[0]).isEqualTo(Blend.FLOOR);
        assertThat(output(binary, "log_loss", 1, 1.0)[0]).isEqualTo(1 - Blend.FLOOR);
        Task classes = new MulticlassTask("y", List.of("a", "b", "c"));
        double[] floored = output(classes, "log_loss", 1, 0, 0, 1);
        assertThat(floored[0]).isBetween(0.99e-6, 1e-6);
        assertThat(Arrays.stream(floored).sum()).isCloseTo(1, within(1e-12));
        assertThat(output(classes, "accuracy", 2, 0.64, 0.36, 0))
                .containsExactly(new double[] {8 / 14.0, 6 / 14.0, 0}, within(1e-12));
        assertThat(output(new QuantileTask("y", List.of(0.1, 0.9)), "pinball", 1, 5, 3))
                .containsExactly(3, 5);
    }

    @Test
    void missingAndInfiniteCellsCountAsMissingAndTextIsRefused() {
        AutoModel model = TestModels.sample(7);
        double[] missing = model.predict(Row.of()).toArray();
        assertThat(model.predict(Row.of("age", null, "income", Double.POSITIVE_INFINITY))
                        .toArray())
                .isEqualTo(missing);
        assertThat(model.predict(Row.of("age", "2.5")).toArray())
                .isEqualTo(model.predict(Row.of("age", 2.5f)).toArray());
        assertThatThrownBy(() -> model.predict(Row.of("age", "old")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("age")
                .hasMessageContaining("old");
    }

    @Test
    void partsThatDoNotFitEachOtherAreRefused() {
        assertThatThrownBy(() -> regression().build()).hasMessageContaining("member");
        assertThatThrownBy(() -> regression()
                        .member("two", 1, new TestModels.Plain(3), ConstantScorer.of(1, 2))
                        .build())
                .hasMessageContaining("two");
        assertThatThrownBy(() -> new Member("x", 0, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void filesThatHoldNoModelAreRefused() {
        assertThatThrownBy(() -> AutoModel.load(Path.of("does-not-exist.automl")))
                .isInstanceOf(BundleException.class);
    }

    @Test
    void theModelFileOfFormatOneStillPredictsTheSame() throws IOException {
        AutoModel model = TestModels.read(resource("format-1.automl"));
        double[] got = model.predict(TestModels.table(new SplittableRandom(FIXTURE_SEED), 50))
                .toArray();
        String[] expected = new String(resource("format-1.csv"), StandardCharsets.UTF_8)
                .strip()
                .split("\n");
        assertThat(got).hasSize(expected.length);
        for (int i = 0; i < got.length; i++) {
            assertThat(got[i]).as("row %d", i).isCloseTo(Double.parseDouble(expected[i]), within(1e-12));
        }
    }

    /** Writes the fixture; run once for a new format, never to make a failing test pass. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        AutoModel model = TestModels.sample(FIXTURE_SEED);
        Bundle.write(folder.resolve("format-1.automl"), model.toNode());
        double[] outputs = model.predict(TestModels.table(new SplittableRandom(FIXTURE_SEED), 50))
                .toArray();
        StringBuilder lines = new StringBuilder();
        Arrays.stream(outputs).forEach(value -> lines.append(value).append('\n'));
        try {
            Files.writeString(folder.resolve("format-1.csv"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(AutoModelTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private static AutoModelBuilder regression() {
        return AutoModel.builder(
                TestModels.table(new SplittableRandom(1), 1).schema(), new RegressionTask("y"), "rmse");
    }

    private static Scorer constant(double value) {
        return ConstantScorer.of(value);
    }

    private static double[] output(Task task, String metric, double temperature, double... outputs) {
        return AutoModel.builder(TestModels.table(new SplittableRandom(1), 1).schema(), task, metric)
                .member("constant", 1, new TestModels.Plain(3), ConstantScorer.of(outputs))
                .temperature(temperature)
                .build()
                .predict(Row.of())
                .toArray();
    }
}
