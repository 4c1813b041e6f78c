package org.autotuner.models.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.score.Activation;
import org.autotuner.train.Loss;
import org.autotuner.train.StepPlan;
import org.autotuner.train.TrainingSettings;

/** Small networks and rows for tests. */
final class Networks {

    private Networks() {}

    /** A perceptron with ReLU. */
    static NetworkPlan perceptron(int networks, double dropout, int... sizes) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Inputs(sizes[0], new RawNumbers(), List.of(), 0));
        for (int layer = 1; layer < sizes.length; layer++) {
            layers.add(Dense.uniform("layer" + layer, sizes[layer - 1], sizes[layer]));
            if (layer + 1 < sizes.length) {
                layers.add(new Activate(Activation.RELU, ""));
                layers.add(new Dropout(dropout));
            }
        }
        return new NetworkPlan(sizes[0], 0, layers, sizes[sizes.length - 1], 1, networks);
    }

    static NetworkRows rows(int rows, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] numbers = new float[rows * width];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return new NetworkRows(rows, numbers, new int[0]);
    }

    /** The class is told by the largest of the first numbers. */
    static NetworkTargets labels(NetworkRows rows, int classes) {
        int width = rows.numbers().length / rows.rows();
        int[] labels = new int[rows.rows()];
        for (int row = 0; row < labels.length; row++) {
            for (int k = 1; k < classes; k++) {
                if (rows.numbers()[row * width + k] > rows.numbers()[row * width + labels[row]]) {
                    labels[row] = k;
                }
            }
        }
        return NetworkTargets.ofLabels(labels, new float[0]);
    }

    static StepPlan inOrder(int networks, int rows, TrainingSettings settings, long seed) {
        int[][] order = new int[networks][];
        java.util.Arrays.setAll(order, n -> IntStream.range(0, rows).toArray());
        double[] rates = new double[(rows + settings.batch() - 1) / settings.batch()];
        java.util.Arrays.fill(rates, settings.rate());
        return new StepPlan(order, settings.batch(), rates, new double[0], seed);
    }

    static TrainingSettings settings(Loss loss) {
        return TrainingSettings.of(loss).withSeed(5);
    }
}
