package org.autotuner.models.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.models.torch.NetworkRows;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.Activation;
import org.junit.jupiter.api.Test;

class DataStartTest {

    private static final int ROWS = 100;
    private static final int WIDTH = 20;

    /** With rows far from the origin and of unequal scales every neuron still varies by 1 and has its kink within them. */
    @Test
    void everyNeuronVariesByOneAndBendsWithinTheData() {
        SplittableRandom random = new SplittableRandom(1);
        float[] cells = new float[ROWS * 2];
        for (int row = 0; row < ROWS; row++) {
            cells[2 * row] = (float) (50 + random.nextGaussian());
            cells[2 * row + 1] = (float) (-7 + 0.01 * random.nextGaussian());
        }
        FeatureMatrix matrix =
                FeatureMatrix.dense(List.of(new Feature("a", "a", 0), new Feature("b", "b", 0)), ROWS, cells);
        NetworkInputs inputs = NetworkInputs.of(matrix.features(), levels -> 4);
        NetworkRows rows = inputs.rows(matrix);
        DataStart start = new DataStart(rows, inputs, Activation.RELU);
        double factor = 1 / Math.sqrt(2);

        float[] weight = start.weight(true, WIDTH, factor).values(0, 2 * WIDTH, random);
        float[] bias = start.bias().values(0, WIDTH, random);

        for (int neuron = 0; neuron < WIDTH; neuron++) {
            double mean = 0;
            double squares = 0;
            int above = 0;
            for (int row = 0; row < ROWS; row++) {
                double sum = factor * (cells[2 * row] * weight[neuron] + cells[2 * row + 1] * weight[WIDTH + neuron]);
                mean += sum / ROWS;
                squares += sum * sum / ROWS;
                above += sum + bias[neuron] > 0 ? 1 : 0;
            }
            assertThat(Math.sqrt(squares - mean * mean)).isEqualTo(1, within(0.02));
            assertThat(above).as("rows above the kink of neuron %d", neuron).isBetween(2, ROWS - 2);
        }
    }
}
