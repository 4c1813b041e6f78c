package org.autotuner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.data.Table;
import org.autotuner.metric.Metrics;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.score.Activation;
import org.autotuner.score.Compression;
import org.autotuner.score.ConstantScorer;
import org.autotuner.score.DenseNetwork;
import org.autotuner.score.Link;
import org.autotuner.score.Scorer;
import org.autotuner.score.VotingScorer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving with a compression: what is written is what was measured, and the model itself stays. */
class CompressedModelTest {

    private final Table table = TestModels.table(new SplittableRandom(3), 400);
    private final FittedPreparation preparation = TestModels.prepare(PreparationPlan.forKernels(), table, 1);

    private AutoModel model(String metric, Scorer... scorers) {
        AutoModelBuilder builder = AutoModel.builder(table.without("buys").schema(), TestModels.TASK, metric);
        for (int i = 0; i < scorers.length; i++) {
            builder.member("m" + i, 1 + i, preparation, scorers[i]);
        }
        return builder.build();
    }

    private DenseNetwork network(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int width = preparation.features().size();
        int[] features = java.util.stream.IntStream.range(0, width).toArray();
        return DenseNetwork.builder()
                .numbers(features)
                .layer(floats(random, 400 * width), floats(random, 400), Activation.RELU)
                .layer(floats(random, 400 * 100), floats(random, 100), Activation.SILU)
                .member(floats(random, 100), floats(random, 1))
                .link(Link.SIGMOID)
                .build();
    }

    private static float[] floats(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-0.2, 0.2);
        }
        return values;
    }

    @Test
    void theReportIsAboutTheFileThatWasWritten(@TempDir Path folder) throws IOException {
        AutoModel model =
                model("log_loss", network(1), VotingScorer.of(List.of(network(2), network(3))), ConstantScorer.of(0.4));
        double[] before = model.predict(table).toArray();
        Path whole = folder.resolve("whole.automl");
        model.save(whole);
        Path small = folder.resolve("small.automl");
        CompressionReport report = model.save(small, Compression.ofBytes(), table);
        AutoModel again = AutoModel.load(small);
        assertThat(report.parts()).isEqualTo(2);
        assertThat(report.bytesBefore()).isEqualTo(Files.size(whole));
        assertThat(report.bytesAfter()).isEqualTo(Files.size(small));
        assertThat(report.sizeShare()).isLessThan(0.3);
        assertThat(report.metric()).isEqualTo("log_loss");
        assertThat(report.scoreBefore()).isEqualTo(model.evaluate(table).score(Metrics.logLoss()));
        assertThat(report.scoreAfter()).isEqualTo(again.evaluate(table).score(Metrics.logLoss()));
        assertThat(report.loss()).isEqualTo(report.scoreAfter() - report.scoreBefore());
        assertThat(Math.abs(report.loss())).isBetween(1e-12, 0.01);
        assertThat(report.toString()).contains("2 of the model's scorers", "log_loss");
        assertThat(again.predict(table).toArray())
                .isEqualTo(
                        model.compressed(Compression.ofBytes()).predict(table).toArray());
        assertThat(model.predict(table).toArray()).isEqualTo(before);
        for (int i = 0; i < before.length; i++) {
            assertThat(again.predict(table).toArray()[i]).isCloseTo(before[i], within(0.01));
        }
    }

    @Test
    void lossIsPositiveWhereAHigherScoreGotLower(@TempDir Path folder) {
        AutoModel model = model("roc_auc", network(4));
        CompressionReport report = model.save(folder.resolve("m"), Compression.ofZeros(0.9), table);
        assertThat(report.loss()).isCloseTo(report.scoreBefore() - report.scoreAfter(), within(1e-12));
        assertThat(report.loss()).isNotZero();
    }

    @Test
    void aModelWithoutNetworksIsSavedAsItIs(@TempDir Path folder) throws IOException {
        AutoModel model = model("log_loss", ConstantScorer.of(0.3), ConstantScorer.of(0.5));
        assertThat(model.compressed(Compression.ofBytes())).isSameAs(model);
        Path whole = folder.resolve("whole.automl");
        model.save(whole);
        Path file = folder.resolve("m.automl");
        CompressionReport report = model.save(file, Compression.ofZeros(0.5).andBytes(), table);
        assertThat(Files.readAllBytes(file)).isEqualTo(Files.readAllBytes(whole));
        assertThat(report.parts()).isZero();
        assertThat(report.loss()).isZero();
        assertThat(report.sizeShare()).isEqualTo(1);
        assertThat(report.toString()).contains("holds no dense network, so nothing was compressed");
    }
}
