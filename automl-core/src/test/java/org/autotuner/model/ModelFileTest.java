package org.autotuner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.autotuner.bundle.Bundle;
import org.autotuner.data.Table;
import org.autotuner.error.BundleException;
import org.autotuner.score.SampleScorers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Models in files: whole, the same bytes every time, readable by later versions and without the trainers' jars. */
class ModelFileTest {

    private static final long FIXTURE_SEED = 2026;

    @Test
    void aSavedModelComesBackWhole(@TempDir Path folder) {
        AutoModel model = TestModels.sample(5);
        Path file = folder.resolve("m.automl");
        model.save(file);
        AutoModel again = AutoModel.load(file);
        Table table = TestModels.table(new SplittableRandom(6), 100);
        assertThat(again.predict(table).toArray())
                .isEqualTo(model.predict(table).toArray());
        assertThat(again.features()).isEqualTo(model.features());
        assertThat(again.task()).isEqualTo(model.task());
        assertThat(again.metric()).isEqualTo("log_loss");
        assertThat(again.decisionThreshold()).isEqualTo(0.4);
        assertThat(again.temperature()).isEqualTo(1.25);
        assertThat(again.validationScore()).isEqualTo(0.31);
        assertThat(again.provenance()).isEqualTo(model.provenance());
        assertThat(again.coverages()).containsExactly(0.75);
        assertThat(again.labels(table.row(0), 0.7)).isEqualTo(model.labels(table.row(0), 0.7));
        assertThat(again.leaderboard()).isEqualTo(model.leaderboard());
        assertThat(again.leaderboard().entries()).hasSameSizeAs(SampleScorers.all(new SplittableRandom(5), 2, 1));
        assertThat(again.profile().orElseThrow().rowCount()).isEqualTo(400);
        assertThat(again.profile().orElseThrow().warnings())
                .isEqualTo(model.profile().orElseThrow().warnings());
        assertThat(again.attachment("other")).isEmpty();
    }

    @Test
    void equalModelsAreEqualBytes(@TempDir Path folder) throws IOException {
        byte[] bytes = Bundle.toBytes(TestModels.sample(5).toNode());
        assertThat(Bundle.toBytes(TestModels.sample(5).toNode())).isEqualTo(bytes);
        assertThat(Bundle.toBytes(TestModels.sample(6).toNode())).isNotEqualTo(bytes);
        Path file = folder.resolve("m.automl");
        TestModels.read(bytes).save(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void aModelMadeByHandHasAnEmptyLeaderboardAndNoProfile() {
        AutoModel model = AutoModel.builder(
                        TestModels.table(new SplittableRandom(1), 1).schema(), TestModels.TASK, "log_loss")
                .member(
                        "constant",
                        1,
                        org.autotuner.prepare.FittedPreparations.none(),
                        org.autotuner.score.ConstantScorer.of(0.5))
                .build();
        AutoModel again = TestModels.read(Bundle.toBytes(model.toNode()));
        assertThat(again.leaderboard().entries()).isEmpty();
        assertThat(again.profile()).isEmpty();
        assertThat(again.coverages()).isEmpty();
        assertThat(again.validationScore()).isNaN();
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
        assertThat(model.leaderboard().entries()).hasSize(7);
        assertThat(model.profile().orElseThrow().columns()).hasSize(6);
        assertThat(model.coverages()).containsExactly(0.75);
    }

    @Test
    void coreTheLoggingApiAndTheJsonLibraryAloneLoadAndPredictTheSame(@TempDir Path folder) throws Exception {
        AutoModel model = TestModels.sample(12);
        Path file = folder.resolve("m.automl");
        model.save(file);
        String program = CoreAloneProgram.class.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve("classes").resolve(program);
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        try (InputStream in = CoreAloneProgram.class.getResourceAsStream("CoreAloneProgram.class")) {
            Files.copy(Objects.requireNonNull(in, program), copy);
        }
        String classPath = List.of(
                        folder.resolve("classes"),
                        place(AutoModel.class),
                        place(LoggerFactory.class),
                        place(Gson.class))
                .stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        Path out = folder.resolve("out.txt");
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        classPath,
                        CoreAloneProgram.class.getName(),
                        file.toString(),
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readAllLines(out))
                .isEqualTo(CoreAloneProgram.bits(model))
                .hasSize(200);
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void filesThatHoldNoModelAreRefused(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> AutoModel.load(folder.resolve("does-not-exist.automl")))
                .isInstanceOf(BundleException.class);
        Path other = folder.resolve("other.automl");
        Bundle.write(other, org.autotuner.bundle.Node.root().put("kind", "study"));
        assertThatThrownBy(() -> AutoModel.load(other))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("study");
    }

    /** Writes the fixture; run once for a new format, never to make a failing test pass. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        AutoModel model = TestModels.sample(FIXTURE_SEED);
        Bundle.write(folder.resolve("format-1.automl"), model.toNode());
        double[] outputs = model.predict(TestModels.table(new SplittableRandom(FIXTURE_SEED), 50))
                .toArray();
        String lines = Arrays.stream(outputs).mapToObj(Double::toString).collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(folder.resolve("format-1.csv"), lines);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ModelFileTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
