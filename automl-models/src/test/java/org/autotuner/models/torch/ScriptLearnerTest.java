package org.autotuner.models.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.autotuner.budget.Deadline;
import org.autotuner.error.TrainingDivergedException;
import org.autotuner.train.EpochListener;
import org.autotuner.train.Loss;
import org.autotuner.train.ParameterGroup;
import org.autotuner.train.TrainingLoop;
import org.autotuner.train.TrainingResult;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.UpdateRule;
import org.autotuner.train.Weights;
import org.junit.jupiter.api.Test;

class ScriptLearnerTest {

    private static final NetworkRows ROWS = Networks.rows(200, 6, 1);
    private static final NetworkTargets TARGETS = Networks.labels(ROWS, 4);
    private static final NetworkRows EVALUATED = Networks.rows(50, 6, 2);
    private static final TrainingSettings SETTINGS =
            Networks.settings(Loss.crossEntropy()).withBatch(32).withRate(0.01).withEpochs(4);

    /** After one step from zero moments, Adam moves every weight by the rate against the sign of its gradient. */
    @Test
    void everyParameterMovesInAStep() {
        NetworkPlan plan = Networks.perceptron(1, 0, 6, 8, 5, 4);
        try (ScriptLearner learner = learner(plan, SETTINGS)) {
            Weights before = learner.weights();
            learner.train(Networks.inOrder(1, 32, SETTINGS, 0));
            Weights after = learner.weights();
            for (int i = 0; i < before.arrays().size(); i++) {
                float[] old = before.arrays().get(i);
                int moved = 0;
                for (int j = 0; j < old.length; j++) {
                    double step = Math.abs(after.arrays().get(i)[j] - old[j]);
                    if (step > 1e-6) {
                        assertThat(step).isEqualTo(0.01, within(2e-4));
                        moved++;
                    }
                }
                assertThat(moved).as("moved of parameter %d", i).isGreaterThan(old.length / 2);
            }
        }
    }

    @Test
    void learnsWhatRowsTell() {
        NetworkPlan plan = Networks.perceptron(1, 0.1, 6, 64, 64, 4);
        TrainingSettings settings = SETTINGS.withEpochs(60);
        NetworkRows many = Networks.rows(1000, 6, 3);
        try (ScriptLearner learner = ScriptLearner.of(plan, many, Networks.labels(many, 4), EVALUATED, settings)) {
            new TrainingLoop(settings).run(learner, null, EpochListener.NONE, Deadline.never());
            assertThat(accuracy(learner.outputs(), Networks.labels(EVALUATED, 4).labels(), 4))
                    .isGreaterThan(0.85);
        }
    }

    @Test
    void networksTrainedTogetherAreThoseTrainedAlone() {
        TrainingSettings settings = SETTINGS.withClipNorm(0.5);
        List<float[]> alone = new ArrayList<>();
        NetworkPlan three = Networks.perceptron(3, 0, 6, 16, 16, 4);
        try (ScriptLearner together = learner(three, settings)) {
            Weights start = together.weights();
            together.train(Networks.inOrder(3, 200, settings, 0));
            float[] outputs = together.outputs();
            for (int network = 0; network < 3; network++) {
                try (ScriptLearner one = learner(Networks.perceptron(1, 0, 6, 16, 16, 4), settings)) {
                    one.restore(part(start, one.weights(), network));
                    one.train(Networks.inOrder(1, 200, settings, 0));
                    alone.add(one.outputs());
                }
            }
            for (int i = 0; i < outputs.length; i++) {
                int each = outputs.length / 3;
                assertThat(outputs[i]).isEqualTo(alone.get(i / each)[i % each], within(2e-4f));
            }
        }
    }

    private static Weights part(Weights all, Weights shape, int network) {
        List<float[]> arrays = new ArrayList<>();
        for (int i = 0; i < shape.arrays().size(); i++) {
            int size = shape.arrays().get(i).length;
            arrays.add(java.util.Arrays.copyOfRange(all.arrays().get(i), network * size, (network + 1) * size));
        }
        return new Weights(arrays);
    }

    @Test
    void trainingsInTwoThreadsAreBitEqualToSerialOnes() throws Exception {
        Callable<float[]> training =
                () -> trained(SETTINGS.withMixup(0.2).withNoise(0.1).withAveraging(0.9));
        float[] serial = training.call();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<float[]> one : threads.invokeAll(List.of(training, training))) {
                assertThat(one.get()).isEqualTo(serial);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static float[] trained(TrainingSettings settings) {
        try (ScriptLearner learner = learner(Networks.perceptron(1, 0.2, 6, 32, 32, 4), settings)) {
            new TrainingLoop(settings).run(learner, null, EpochListener.NONE, Deadline.never());
            return learner.outputs();
        }
    }

    @Test
    void resumesFromACheckpointAsIfItHadNotStopped() {
        float[] whole = trained(SETTINGS);
        NetworkPlan plan = Networks.perceptron(1, 0.2, 6, 32, 32, 4);
        TrainingResult half;
        try (ScriptLearner learner = learner(plan, SETTINGS)) {
            half = new TrainingLoop(SETTINGS).run(learner, null, epoch -> epoch.number() < 2, Deadline.never());
        }
        try (ScriptLearner learner = learner(plan, SETTINGS.withSeed(5))) {
            new TrainingLoop(SETTINGS)
                    .run(learner, null, EpochListener.NONE, Deadline.never(), Optional.of(half.checkpoint()));
            assertThat(learner.outputs()).isEqualTo(whole);
        }
    }

    @Test
    void groupsHaveRatesAndDecaysOfTheirOwn() {
        TrainingSettings settings = SETTINGS.withUpdate(UpdateRule.adamW(0.5))
                .withGroups(List.of(new ParameterGroup("bias", 0, 0), new ParameterGroup("layer1", 0.1, 1)));
        try (ScriptLearner learner = learner(Networks.perceptron(1, 0, 6, 8, 4), settings)) {
            NamedWeights before = learner.named(learner.weights(), 0);
            learner.train(Networks.inOrder(1, 32, settings, 0));
            NamedWeights after = learner.named(learner.weights(), 0);
            assertThat(after.get("layer1.bias")).isEqualTo(before.get("layer1.bias"));
            assertThat(after.get("layer2.bias")).isEqualTo(before.get("layer2.bias"));
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < before.get("layer1.weight").length; i++) {
                double decayed = before.get("layer1.weight")[i] * (1 - 0.001 * 0.5);
                double step = Math.abs(after.get("layer1.weight")[i] - decayed);
                least = Math.min(least, Math.abs(step - 0.001));
                assertThat(step).isLessThan(0.00102);
            }
            assertThat(least).isLessThan(1e-5);
        }
    }

    @Test
    void aDivergingTrainingSaysSo() {
        TrainingSettings settings = SETTINGS.withRate(1e30).withUpdate(UpdateRule.sgd(0));
        try (ScriptLearner learner = learner(Networks.perceptron(1, 0, 6, 8, 4), settings)) {
            assertThatThrownBy(
                            () -> new TrainingLoop(settings).run(learner, null, EpochListener.NONE, Deadline.never()))
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("learning rate");
        }
    }

    @Test
    void refusesWhatNativeCodeWouldEndTheProcessFor() {
        NetworkPlan plan = Networks.perceptron(1, 0, 6, 8, 4);
        NetworkTargets far = NetworkTargets.ofLabels(new int[200], new float[0]);
        far.labels()[7] = 4;
        assertThatThrownBy(() -> ScriptLearner.of(plan, ROWS, far, null, SETTINGS))
                .hasMessageContaining("label of row 7 is 4");
        NetworkRows missing = new NetworkRows(200, ROWS.numbers().clone(), new int[0]);
        missing.numbers()[13] = Float.NaN;
        assertThatThrownBy(() -> ScriptLearner.of(plan, missing, TARGETS, null, SETTINGS))
                .hasMessageContaining("Number 1 of row 2 is NaN");
        assertThatThrownBy(() ->
                        ScriptLearner.of(plan, new NetworkRows(200, new float[7], new int[0]), TARGETS, null, SETTINGS))
                .hasMessageContaining("7 numbers are not 200 rows x 6");
    }

    private static ScriptLearner learner(NetworkPlan plan, TrainingSettings settings) {
        return ScriptLearner.of(plan, ROWS, TARGETS, EVALUATED, settings);
    }

    private static double accuracy(float[] outputs, int[] labels, int classes) {
        int right = 0;
        for (int row = 0; row < labels.length; row++) {
            int best = 0;
            for (int k = 1; k < classes; k++) {
                if (outputs[row * classes + k] > outputs[row * classes + best]) {
                    best = k;
                }
            }
            right += best == labels[row] ? 1 : 0;
        }
        return (double) right / labels.length;
    }
}
