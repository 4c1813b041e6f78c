package org.autotuner.models.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.autotuner.train.Loss;
import org.autotuner.train.StepPlan;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.UpdateRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step of plain gradient descent with rate 1 shows the gradient; here what mixing and clipping make of it. */
class ScriptStepTest {

    private static final int ROWS = 10;
    private static final int IN = 3;
    private static final int OUT = 3;
    private static final double SHARE = 0.7;
    private static final TrainingSettings SETTINGS =
            Networks.settings(Loss.crossEntropy()).withRate(1).withUpdate(UpdateRule.sgd(0));

    private final SplittableRandom random = new SplittableRandom(6);

    /** Mixing rows is learning each mixture twice, with the labels of both, by their shares. */
    @ParameterizedTest
    @CsvSource({"1, false, false", "1, true, false", "2, false, true", "2, true, true"})
    void mixesRowsAndTheirLosses(int networks, boolean isWeighted, boolean hasValues) {
        NetworkRows rows = Networks.rows(ROWS, IN, 4);
        float[] weights = floats(ROWS, () -> isWeighted ? 0.5 + random.nextDouble() : 1);
        int[] labels = random.ints(ROWS, 0, OUT).toArray();
        float[] values = floats(ROWS * OUT, random::nextGaussian);

        float[] mixed = new float[2 * ROWS * IN];
        float[] shares = new float[2 * ROWS];
        int[] bothLabels = new int[2 * ROWS];
        float[] bothValues = new float[2 * ROWS * OUT];
        for (int row = 0; row < ROWS; row++) {
            int partner = (row + ROWS - 1) % ROWS;
            for (int i = 0; i < IN; i++) {
                double mixture = SHARE * rows.numbers()[row * IN + i] + (1 - SHARE) * rows.numbers()[partner * IN + i];
                mixed[row * IN + i] = (float) mixture;
                mixed[(ROWS + row) * IN + i] = (float) mixture;
            }
            shares[row] = (float) (SHARE * weights[row]);
            shares[ROWS + row] = (float) ((1 - SHARE) * weights[partner]);
            bothLabels[row] = labels[row];
            bothLabels[ROWS + row] = labels[partner];
            System.arraycopy(values, row * OUT, bothValues, row * OUT, OUT);
            System.arraycopy(values, partner * OUT, bothValues, (ROWS + row) * OUT, OUT);
        }

        Loss loss = hasValues ? new Loss.Squared() : Loss.crossEntropy();
        float[] given = isWeighted ? weights : new float[0];
        NetworkTargets own =
                hasValues ? NetworkTargets.ofValues(values, OUT, given) : NetworkTargets.ofLabels(labels, given);
        NetworkTargets both = hasValues
                ? NetworkTargets.ofValues(bothValues, OUT, shares)
                : NetworkTargets.ofLabels(bothLabels, shares);
        TrainingSettings plain = SETTINGS.withLoss(loss).withBatch(2 * ROWS);
        float[][] expected = moves(networks, new NetworkRows(2 * ROWS, mixed, new int[0]), both, plain, new double[0]);
        float[][] found = moves(networks, rows, own, plain.withBatch(ROWS).withMixup(0.3), new double[] {SHARE});
        for (int network = 0; network < networks; network++) {
            assertThat(found[network]).containsExactly(expected[network], within(2e-6f));
        }
    }

    /** Each network's gradient is cut to the length allowed, whatever the others' are. */
    @ParameterizedTest
    @CsvSource({"1, 0.01", "1, 100", "3, 0.05"})
    void cutsLongGradients(int networks, double most) {
        NetworkRows rows = Networks.rows(ROWS, IN, 4);
        NetworkTargets targets = Networks.labels(rows, OUT);
        TrainingSettings settings = SETTINGS.withBatch(ROWS);
        float[][] whole = moves(networks, rows, targets, settings, new double[0]);
        float[][] cut = moves(networks, rows, targets, settings.withClipNorm(most), new double[0]);
        for (int network = 0; network < networks; network++) {
            double norm = 0;
            for (float move : whole[network]) {
                norm += move * move;
            }
            float[] expected = whole[network].clone();
            for (int i = 0; i < expected.length; i++) {
                expected[i] *= (float) Math.min(1, most / Math.sqrt(norm));
            }
            assertThat(cut[network]).containsExactly(expected, within(2e-6f));
        }
    }

    /** Dropout holds by the share that the plan grants it: none here, all of it where the plan says nothing. */
    @Test
    void dropoutFades() {
        NetworkRows rows = Networks.rows(ROWS, IN, 4);
        NetworkTargets targets = Networks.labels(rows, OUT);
        TrainingSettings settings = SETTINGS.withBatch(ROWS);
        float[][] without = outputs(0, rows, targets, settings, 1);
        assertThat(outputs(0.5, rows, targets, settings, 0)).isDeepEqualTo(without);
        assertThat(outputs(0.5, rows, targets, settings, 1)[0]).isNotEqualTo(without[0]);
    }

    private static float[][] outputs(
            double dropout, NetworkRows rows, NetworkTargets targets, TrainingSettings settings, double share) {
        int[][] order = {IntStream.range(0, ROWS).toArray()};
        NetworkPlan plan = Networks.perceptron(1, dropout, IN, 16, OUT);
        try (ScriptLearner learner = ScriptLearner.of(plan, rows, targets, rows, settings)) {
            learner.train(new StepPlan(order, ROWS, new double[] {0.1}, new double[0], new double[] {share}, 1));
            return new float[][] {learner.outputs()};
        }
    }

    private static float[] floats(int length, DoubleSupplier each) {
        float[] floats = new float[length];
        for (int i = 0; i < length; i++) {
            floats[i] = (float) each.getAsDouble();
        }
        return floats;
    }

    /** How each network's weights move in one step. */
    private static float[][] moves(
            int networks, NetworkRows rows, NetworkTargets targets, TrainingSettings settings, double[] mix) {
        int[][] order = new int[networks][];
        Arrays.setAll(order, network -> IntStream.range(0, rows.rows()).toArray());
        NetworkPlan plan = Networks.perceptron(networks, 0, IN, OUT);
        try (ScriptLearner learner = ScriptLearner.of(plan, rows, targets, null, settings)) {
            float[][] before = flat(learner, networks);
            learner.train(new StepPlan(order, settings.batch(), new double[] {settings.rate()}, mix, 1));
            float[][] after = flat(learner, networks);
            for (int network = 0; network < networks; network++) {
                for (int i = 0; i < before[network].length; i++) {
                    before[network][i] -= after[network][i];
                }
            }
            return before;
        }
    }

    private static float[][] flat(ScriptLearner learner, int networks) {
        float[][] flat = new float[networks][];
        for (int network = 0; network < networks; network++) {
            NamedWeights named = learner.named(learner.weights(), network);
            float[] weight = named.get("layer1.weight");
            float[] bias = named.get("layer1.bias");
            flat[network] = Arrays.copyOf(weight, weight.length + bias.length);
            System.arraycopy(bias, 0, flat[network], weight.length, bias.length);
        }
        return flat;
    }
}
