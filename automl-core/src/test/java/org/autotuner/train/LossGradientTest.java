package org.autotuner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of each loss in every weight of a network, by one step of plain descent, against central differences. */
class LossGradientTest {

    private static final int ROWS = 12;
    private static final float STEP = 1e-2f;

    static Stream<Arguments> losses() {
        float[][] points = Networks.normal(ROWS, 3, 5);
        NetworkData inputs = NetworkData.of(RowArray.of(points));
        int[] three = new int[ROWS];
        int[] two = new int[ROWS];
        float[][] soft = new float[ROWS][];
        float[] one = new float[ROWS];
        float[][] pairs = new float[ROWS][];
        float[] weights = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            three[row] = row % 3;
            two[row] = row % 2;
            soft[row] = new float[] {0.5f, 0.25f, 0.25f};
            one[row] = row % 2 == 0 ? 6 : -6; // far from the outputs, so that no difference crosses a kink
            pairs[row] = new float[] {one[row], -one[row]};
            weights[row] = 0.5f + row % 4;
        }
        return Stream.of(
                arguments(Loss.crossEntropy(), 3, inputs.withLabels(three)),
                arguments(
                        new Loss.CrossEntropy(0.1, List.of(1.0, 2.0, 0.5)),
                        3,
                        inputs.withLabels(three).withWeights(weights)),
                arguments(Loss.crossEntropy(), 3, inputs.withSoftLabels(soft).withWeights(weights)),
                arguments(Loss.binaryCrossEntropy(), 1, inputs.withLabels(two)),
                arguments(new Loss.BinaryCrossEntropy(0.2, List.of(1.0, 3.0)), 1, inputs.withLabels(two)),
                arguments(new Loss.Focal(2), 3, inputs.withLabels(three)),
                arguments(new Loss.Focal(1.5), 1, inputs.withLabels(two)),
                arguments(new Loss.Squared(), 2, inputs.withValues(pairs)),
                arguments(new Loss.Absolute(), 1, inputs.withValues(one).withWeights(weights)),
                arguments(new Loss.Huber(1), 1, inputs.withValues(one)),
                arguments(new Loss.Huber(100), 1, inputs.withValues(one)),
                arguments(new Loss.Pinball(List.of(0.1, 0.5, 0.9)), 3, inputs.withValues(one)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsAgreeWithCentralDifferences(Loss loss, int outputs, NetworkData data) {
        TrainingSettings settings =
                TrainingSettings.of(loss).withUpdate(UpdateRule.sgd(0)).withSeed(11);
        try (BlockLearner learner = BlockLearner.of(Networks.dense(4, outputs), data, settings)) {
            Weights start = learner.weights();
            step(learner, 1);
            Weights after = learner.weights();
            double largest = 0;
            List<double[]> pairs = new ArrayList<>();
            for (int array = 0; array < start.arrays().size(); array++) {
                for (int i = 0; i < start.arrays().get(array).length; i++) {
                    double gradient =
                            start.arrays().get(array)[i] - after.arrays().get(array)[i];
                    double difference = difference(learner, start, array, i);
                    largest = Math.max(largest, Math.abs(difference));
                    pairs.add(new double[] {gradient, difference});
                }
            }
            assertThat(largest).isGreaterThan(1e-2);
            for (double[] pair : pairs) {
                assertThat(pair[0]).isCloseTo(pair[1], within(1e-3 * largest));
            }
        }
    }

    private static double difference(BlockLearner learner, Weights start, int array, int place) {
        return (lossAt(learner, start, array, place, STEP) - lossAt(learner, start, array, place, -STEP)) / (2 * STEP);
    }

    private static double lossAt(BlockLearner learner, Weights start, int array, int place, float change) {
        List<float[]> arrays = new ArrayList<>(start.arrays());
        arrays.set(array, arrays.get(array).clone());
        arrays.get(array)[place] += change;
        learner.restore(new Weights(arrays));
        return step(learner, 0);
    }

    private static double step(BlockLearner learner, double rate) {
        int[] order = java.util.stream.IntStream.range(0, ROWS).toArray();
        return learner.train(new StepPlan(new int[][] {order}, ROWS, new double[] {rate}, new double[0], 1));
    }
}
