package org.autotuner.models.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.autotuner.train.Loss;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.UpdateRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A step of plain gradient descent with rate 1 moves the weights by minus the gradient, which is compared with central
 * differences of the loss as its formula says, computed in double precision.
 */
class ScriptLossTest {

    private static final int ROWS = 12;
    private static final int IN = 3;

    /** The formula of a row's loss. */
    private interface RowLoss {
        double of(double[] out, NetworkTargets targets, int row);

        /** Its weight beside the row's own. */
        default double weight(NetworkTargets targets, int row) {
            return 1;
        }
    }

    /** A formula with weights of the classes. */
    private record ClassWeighted(RowLoss formula, List<Double> weights) implements RowLoss {
        @Override
        public double of(double[] out, NetworkTargets targets, int row) {
            return formula.of(out, targets, row);
        }

        @Override
        public double weight(NetworkTargets targets, int row) {
            if (targets.hasLabels()) {
                return weights.get(targets.labels()[row]);
            }
            double share = targets.values()[row];
            return (1 - share) * weights.get(0) + share * weights.get(1);
        }
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of(Loss.crossEntropy(), 4, (RowLoss) (out, y, row) -> entropy(out, y.labels()[row], 0)),
                Arguments.of(new Loss.CrossEntropy(0.1, List.of()), 4, (RowLoss)
                        (out, y, row) -> entropy(out, y.labels()[row], 0.1)),
                Arguments.of(
                        new Loss.CrossEntropy(0, List.of(0.5, 2.0, 0.0, 1.5)),
                        4,
                        new ClassWeighted(
                                (out, y, row) -> entropy(out, y.labels()[row], 0), List.of(0.5, 2.0, 0.0, 1.5))),
                Arguments.of(Loss.binaryCrossEntropy(), 1, (RowLoss) (out, y, row) -> binary(out[0], y.values()[row])),
                Arguments.of(
                        new Loss.BinaryCrossEntropy(0.2, List.of(0.5, 3.0)),
                        1,
                        new ClassWeighted(
                                (out, y, row) -> binary(out[0], 0.8 * y.values()[row] + 0.1), List.of(0.5, 3.0))),
                Arguments.of(new Loss.Focal(2), 4, (RowLoss) (out, y, row) -> {
                    double entropy = entropy(out, y.labels()[row], 0);
                    return Math.pow(1 - Math.exp(-entropy), 2) * entropy;
                }),
                Arguments.of(new Loss.Focal(1.5), 1, (RowLoss) (out, y, row) -> {
                    double entropy = binary(out[0], y.values()[row]);
                    return Math.pow(1 - Math.exp(-entropy), 1.5) * entropy;
                }),
                Arguments.of(new Loss.Squared(), 2, (RowLoss) (out, y, row) -> mean(out, y, row, d -> d * d)),
                Arguments.of(new Loss.Absolute(), 2, (RowLoss) (out, y, row) -> mean(out, y, row, Math::abs)),
                Arguments.of(new Loss.Huber(0.7), 2, (RowLoss) (out, y, row) ->
                        mean(out, y, row, d -> Math.abs(d) < 0.7 ? 0.5 * d * d : 0.7 * (Math.abs(d) - 0.35))),
                Arguments.of(new Loss.Pinball(List.of(0.1, 0.5, 0.8)), 3, (RowLoss) (out, y, row) -> {
                    double[] levels = {0.1, 0.5, 0.8};
                    double sum = 0;
                    for (int k = 0; k < 3; k++) {
                        double d = y.values()[row] - out[k];
                        sum += Math.max(levels[k] * d, (levels[k] - 1) * d);
                    }
                    return sum / 3;
                }));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void hasTheGradientOfItsFormula(Loss loss, int outputs, RowLoss formula) {
        for (boolean isWeighted : new boolean[] {false, true}) {
            for (int networks : new int[] {1, 2}) {
                check(loss, outputs, formula, targets(loss, outputs, isWeighted), networks);
            }
        }
    }

    @Test
    void takesSharesOfClasses() {
        RowLoss focal = (out, y, row) -> sum(y, row, k -> {
            double entropy = entropy(out, k, 0);
            return Math.pow(1 - Math.exp(-entropy), 2) * entropy;
        });
        List<Double> weights = List.of(0.5, 2.0, 1.0);
        RowLoss entropy = new RowLoss() {
            @Override
            public double of(double[] out, NetworkTargets y, int row) {
                return sum(y, row, k -> entropy(out, k, 0.1));
            }

            @Override
            public double weight(NetworkTargets y, int row) {
                return sum(y, row, weights::get);
            }
        };
        NetworkTargets shares = shares(new float[ROWS * 3]);
        check(new Loss.Focal(2), 3, focal, shares, 1);
        check(new Loss.CrossEntropy(0.1, weights), 3, entropy, shares, 2);
    }

    @Test
    void refusesWeightsOfOtherClasses() {
        NetworkPlan plan = Networks.perceptron(1, 0, IN, 4);
        NetworkTargets targets = NetworkTargets.ofLabels(new int[ROWS], new float[0]);
        TrainingSettings settings = Networks.settings(new Loss.CrossEntropy(0, List.of(1.0, 2.0)));
        NetworkRows rows = Networks.rows(ROWS, IN, 4);
        assertThatThrownBy(() -> ScriptLearner.of(plan, rows, targets, null, settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 class weights, but 4 outputs");
    }

    private static NetworkTargets shares(float[] shares) {
        SplittableRandom random = new SplittableRandom(3);
        for (int row = 0; row < ROWS; row++) {
            shares[row * 3] = (float) (0.5 * random.nextDouble());
            shares[row * 3 + 1] = (float) (0.5 * random.nextDouble());
            shares[row * 3 + 2] = 1 - shares[row * 3] - shares[row * 3 + 1];
        }
        return NetworkTargets.ofValues(shares, 3, new float[0]);
    }

    private static double sum(NetworkTargets y, int row, IntToDoubleFunction each) {
        double sum = 0;
        for (int k = 0; k < y.width(); k++) {
            sum += y.values()[row * y.width() + k] * each.applyAsDouble(k);
        }
        return sum;
    }

    private static void check(Loss loss, int outputs, RowLoss formula, NetworkTargets targets, int networks) {
        NetworkRows rows = Networks.rows(ROWS, IN, 4);
        boolean isWeighted = targets.weights().length > 0;
        TrainingSettings settings =
                Networks.settings(loss).withBatch(ROWS).withRate(1).withUpdate(UpdateRule.sgd(0));
        NetworkPlan plan = Networks.perceptron(networks, 0, IN, outputs);
        try (ScriptLearner learner = ScriptLearner.of(plan, rows, targets, null, settings)) {
            NamedWeights[] before = named(learner, networks);
            double value = learner.train(Networks.inOrder(networks, ROWS, settings, 0));
            NamedWeights[] after = named(learner, networks);
            double expectedValue = 0;
            for (int network = 0; network < networks; network++) {
                float[] weight = before[network].get("layer1.weight");
                float[] bias = before[network].get("layer1.bias");
                expectedValue += value(rows, targets, weight, bias, formula, -1, 0) / networks;
                for (int i = 0; i < weight.length + bias.length; i++) {
                    double up = value(rows, targets, weight, bias, formula, i, 1e-5);
                    double down = value(rows, targets, weight, bias, formula, i, -1e-5);
                    double expected = (up - down) / 2e-5;
                    double moved = i < weight.length
                            ? weight[i] - after[network].get("layer1.weight")[i]
                            : bias[i - weight.length] - after[network].get("layer1.bias")[i - weight.length];
                    assertThat(moved)
                            .as("%s, gradient %d of network %d, weighted %s", loss, i, network, isWeighted)
                            .isEqualTo(expected, within(1e-3 * Math.abs(expected) + 2e-6));
                }
            }
            assertThat(value).isEqualTo(expectedValue, within(1e-5));
        }
    }

    private static NamedWeights[] named(ScriptLearner learner, int networks) {
        NamedWeights[] all = new NamedWeights[networks];
        java.util.Arrays.setAll(all, network -> learner.named(learner.weights(), network));
        return all;
    }

    private static NetworkTargets targets(Loss loss, int outputs, boolean isWeighted) {
        SplittableRandom random = new SplittableRandom(9);
        float[] weights = new float[isWeighted ? ROWS : 0];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = row == 3 ? 0 : (float) (0.5 + random.nextDouble());
        }
        boolean isBinary = outputs == 1 && loss.isClassification();
        if (loss.isClassification() && !isBinary) {
            return NetworkTargets.ofLabels(random.ints(ROWS, 0, outputs).toArray(), weights);
        }
        int width = loss instanceof Loss.Pinball || isBinary ? 1 : outputs;
        float[] values = new float[ROWS * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = isBinary ? random.nextInt(2) : (float) random.nextGaussian();
        }
        return NetworkTargets.ofValues(values, width, weights);
    }

    private static double value(
            NetworkRows rows, NetworkTargets y, float[] weight, float[] bias, RowLoss formula, int moved, double by) {
        int outputs = bias.length;
        double sum = 0;
        double total = 0;
        for (int row = 0; row < ROWS; row++) {
            double[] out = new double[outputs];
            for (int k = 0; k < outputs; k++) {
                out[k] = bias[k] + (moved == weight.length + k ? by : 0);
                for (int i = 0; i < IN; i++) {
                    int at = i * outputs + k;
                    out[k] += rows.numbers()[row * IN + i] * (weight[at] + (moved == at ? by : 0));
                }
            }
            double w = (y.weights().length == 0 ? 1 : y.weights()[row]) * formula.weight(y, row);
            sum += w * formula.of(out, y, row);
            total += w;
        }
        return sum / total;
    }

    private static double entropy(double[] out, int label, double smoothing) {
        double max = java.util.Arrays.stream(out).max().orElseThrow();
        double sum = java.util.Arrays.stream(out).map(x -> Math.exp(x - max)).sum();
        double loss = 0;
        for (int k = 0; k < out.length; k++) {
            double target = (k == label ? 1 - smoothing : 0) + smoothing / out.length;
            loss -= target * (out[k] - max - Math.log(sum));
        }
        return loss;
    }

    private static double binary(double out, double target) {
        return Math.log1p(Math.exp(-Math.abs(out))) + Math.max(out, 0) - out * target;
    }

    private static double mean(double[] out, NetworkTargets y, int row, DoubleUnaryOperator difference) {
        double sum = 0;
        for (int k = 0; k < out.length; k++) {
            sum += difference.applyAsDouble(y.values()[row * out.length + k] - out[k]);
        }
        return sum / out.length;
    }
}
