package org.autotuner.models.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.autotuner.budget.Deadline;
import org.autotuner.score.Activation;
import org.autotuner.train.EpochListener;
import org.autotuner.train.Loss;
import org.autotuner.train.TrainingLoop;
import org.autotuner.train.TrainingResult;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayersTest {

    private static final int ROWS = 300;
    private static final float[][] EDGES = {{-1, 0, 1}, {-2, -1, 0, 0.5f, 2}};

    static Stream<List<Layer>> networks() {
        Inputs.Table wide = new Inputs.Table("wide", 1, 5, 4, Start.normal(0.5));
        Inputs.Table narrow = new Inputs.Table("narrow", 2, 7, 2, Start.normal(0.5));
        Inputs periodic = new Inputs(2, new PeriodicNumbers(8, 3, 1), List.of(wide, narrow), 0.1);
        Inputs piecewise = new Inputs(2, new PiecewiseNumbers(EDGES, 6, true), List.of(wide, narrow), 0);
        return Stream.of(
                List.of(
                        periodic,
                        new Scale("scale"),
                        new Dense("first", 32, 1 / Math.sqrt(16), Start.normal(1), Start.normal(1)),
                        new Activate(Activation.MISH, "blend"),
                        new Dropout(0.1),
                        Dense.uniform("last", 32, 3)),
                List.of(
                        piecewise,
                        Dense.uniform("first", 20, 32),
                        new Activate(Activation.RELU, ""),
                        new BatchNorm("norm"),
                        new Dropout(0.2),
                        Dense.uniform("last", 32, 3)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void learnsAloneAndTogether(List<Layer> layers) {
        for (int networks : new int[] {1, 3}) {
            NetworkPlan plan = new NetworkPlan(2, 3, layers, 3, 1, networks);
            TrainingSettings settings = Networks.settings(Loss.crossEntropy())
                    .withBatch(32)
                    .withRate(0.02)
                    .withEpochs(25)
                    .withClipNorm(2);
            try (ScriptLearner learner = ScriptLearner.of(plan, rows(1), targets(rows(1)), rows(2), settings)) {
                Weights before = learner.weights();
                TrainingResult result =
                        new TrainingLoop(settings).run(learner, null, EpochListener.NONE, Deadline.never());
                assertThat(result.epochs().get(24).loss()).isLessThan(0.35);
                for (int i = 0; i < before.arrays().size(); i++) {
                    assertThat(learner.weights().arrays().get(i))
                            .isNotEqualTo(before.arrays().get(i));
                }
                int[] labels = targets(rows(2)).labels();
                float[] outputs = learner.outputs();
                for (int network = 0; network < networks; network++) {
                    assertThat(accuracy(outputs, network, labels)).isGreaterThan(0.8);
                }
            }
        }
    }

    @Test
    void membersShareABodyAndDiffer() {
        List<Layer> layers = List.of(
                new Inputs(2, new RawNumbers(), List.of(new Inputs.Table("codes", 3, 12, 4, Start.normal(1))), 0),
                new MemberScale("scaling", 4, Start.signs()),
                Dense.uniform("first", 14, 32),
                new Activate(Activation.RELU, ""),
                new Dropout(0.1),
                new MemberHeads("heads", 4, 3));
        NetworkPlan plan = new NetworkPlan(2, 3, layers, 3, 4, 1);
        TrainingSettings settings = Networks.settings(Loss.crossEntropy())
                .withBatch(32)
                .withRate(0.01)
                .withEpochs(25);
        NetworkRows rows = rows(1);
        for (int i = 0; i < rows.codes().length; i++) {
            rows.codes()[i] += i % 3 == 1 ? 5 : 0;
        }
        try (ScriptLearner learner = ScriptLearner.of(plan, rows, targets(rows), rows, settings)) {
            new TrainingLoop(settings).run(learner, null, EpochListener.NONE, Deadline.never());
            float[] outputs = learner.outputs();
            assertThat(outputs).hasSize(4 * ROWS * 3);
            for (int member = 0; member < 4; member++) {
                assertThat(accuracy(outputs, member, targets(rows).labels())).isGreaterThan(0.85);
            }
            assertThat(outputs[0]).isNotCloseTo(outputs[ROWS * 3], within(1e-3f));
        }
    }

    /** In training by the batch's own moments, which the running ones then hold in part. */
    @Test
    void batchNormalisationKeepsRunningMoments() {
        List<Layer> layers = List.of(
                new Inputs(2, new RawNumbers(), List.of(), 0), new BatchNorm("norm"), Dense.uniform("last", 2, 1));
        TrainingSettings settings =
                Networks.settings(new Loss.Squared()).withBatch(4).withRate(1e-9);
        NetworkRows rows = new NetworkRows(4, new float[] {1, 10, 2, 10, 3, 30, 4, 30}, new int[0]);
        NetworkTargets targets = NetworkTargets.ofValues(new float[4], 1, new float[0]);
        for (int networks : new int[] {1, 2}) {
            NetworkPlan plan = new NetworkPlan(2, 0, layers, 1, 1, networks);
            try (ScriptLearner learner = ScriptLearner.of(plan, rows, targets, null, settings)) {
                learner.train(Networks.inOrder(networks, 4, settings, 0));
                NamedWeights weights = learner.named(learner.weights(), networks - 1);
                assertThat(weights.get("norm.mean")).containsExactly(new float[] {0.25f, 2}, within(1e-5f));
                assertThat(weights.get("norm.variance")[0]).isEqualTo(0.9f + 0.1f * 5 / 3, within(1e-5f));
            }
        }
    }

    private static NetworkRows rows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[ROWS * 2];
        int[] codes = new int[ROWS * 3];
        for (int row = 0; row < ROWS; row++) {
            numbers[2 * row] = (float) random.nextGaussian();
            numbers[2 * row + 1] = (float) random.nextGaussian();
            codes[3 * row] = random.nextInt(5);
            codes[3 * row + 1] = random.nextInt(3);
            codes[3 * row + 2] = 3 + random.nextInt(4);
        }
        return new NetworkRows(ROWS, numbers, codes);
    }

    private static NetworkTargets targets(NetworkRows rows) {
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            boolean isInside = Math.abs(rows.numbers()[2 * row]) < 0.7;
            labels[row] = rows.codes()[3 * row] < 2 ? 2 : isInside ? 1 : 0;
        }
        return NetworkTargets.ofLabels(labels, new float[0]);
    }

    private static double accuracy(float[] outputs, int part, int[] labels) {
        int right = 0;
        for (int row = 0; row < ROWS; row++) {
            int at = (part * ROWS + row) * 3;
            int best = 0;
            for (int k = 1; k < 3; k++) {
                best = outputs[at + k] > outputs[at + best] ? k : best;
            }
            right += best == labels[row] ? 1 : 0;
        }
        return (double) right / ROWS;
    }
}
