package org.autotuner.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.models.torch.EncoderLearner;
import org.autotuner.models.torch.EncoderPlan;
import org.autotuner.models.torch.NetworkTargets;
import org.autotuner.models.weights.Tensor;
import org.autotuner.train.Loss;
import org.junit.jupiter.api.Test;

/** The encoder in TorchScript against the definition, and its steps against what AdamW does. */
class EncoderLearnerTest {

    private static final EncoderConfig CONFIG = MadeFolder.SMALL;
    private static final Map<String, Tensor> TENSORS = MadeFolder.weights(CONFIG);
    private static final int[][] TEXTS = {{2, 5, 11, 4, 4, 3}, {2, 3}, {2, 9, 8, 3}};
    private static final int WIDTH = CONFIG.width();

    private static EncoderPlan plan(int layers, double clip) {
        return new EncoderPlan(
                layers,
                WIDTH,
                CONFIG.heads(),
                CONFIG.inner(),
                CONFIG.epsilon(),
                3,
                new Loss.CrossEntropy(0, List.of()),
                true,
                0.1,
                0.5,
                2,
                clip);
    }

    private static List<float[]> start(EncoderPlan plan) {
        List<float[]> values = new ArrayList<>();
        for (EncoderPlan.Weight weight : plan.weights()) {
            values.add(
                    weight.layer() == plan.layers()
                            ? head(weight)
                            : TENSORS.get(EncoderWeights.layer(CONFIG.layers() - plan.layers() + weight.layer())
                                            + weight.name())
                                    .values()
                                    .clone());
        }
        return values;
    }

    private static float[] head(EncoderPlan.Weight weight) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[weight.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian(0, 0.3);
        }
        return values;
    }

    /** Padded to six tokens. */
    private static EncoderLearner.Texts texts(int layers) {
        float[][][] vectors = new Encoder(EncoderWeights.of(CONFIG, TENSORS)).encode(TEXTS, CONFIG.layers() - layers);
        float[] x = new float[3 * 6 * WIDTH];
        float[] mask = new float[3 * 6];
        Arrays.fill(x, 99);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < TEXTS[i].length; j++) {
                System.arraycopy(vectors[i][j], 0, x, (i * 6 + j) * WIDTH, WIDTH);
                mask[i * 6 + j] = 1;
            }
        }
        return new EncoderLearner.Texts(3, 6, x, mask);
    }

    @Test
    void outputsAreThoseOfTheDefinition() {
        for (int layers = 0; layers <= 2; layers++) {
            EncoderPlan plan = plan(layers, 1);
            List<float[]> start = start(plan);
            try (EncoderLearner learner = new EncoderLearner(plan, start)) {
                float[] outputs = learner.outputs(texts(layers));
                for (int i = 0; i < 3; i++) {
                    double[] expected = expected(TEXTS[i], start);
                    for (int k = 0; k < 3; k++) {
                        assertThat((double) outputs[i * 3 + k])
                                .as("%d layers, text %d", layers, i)
                                .isCloseTo(expected[k], within(2e-5));
                    }
                }
            }
        }
    }

    private static double[] expected(int[] ids, List<float[]> start) {
        double[][] vectors = new ReferenceEncoder(CONFIG, TENSORS).encode(ids);
        double[] mean = new double[WIDTH];
        for (double[] vector : vectors) {
            for (int c = 0; c < WIDTH; c++) {
                mean[c] += vector[c] / vectors.length;
            }
        }
        double size = Math.sqrt(Arrays.stream(mean).map(v -> v * v).sum());
        float[] weight = start.get(start.size() - 2);
        float[] bias = start.get(start.size() - 1);
        double[] out = new double[3];
        for (int k = 0; k < 3; k++) {
            out[k] = bias[k];
            for (int c = 0; c < WIDTH; c++) {
                out[k] += weight[k * WIDTH + c] * mean[c] / size * Math.sqrt(WIDTH);
            }
        }
        return out;
    }

    /** AdamW's first step is the rate times the sign of the gradient, wherever it is not tiny. */
    @Test
    void theFirstStepHasTheRateOfItsLayer() {
        EncoderPlan plan = plan(2, 1e9);
        List<float[]> start = start(plan);
        try (EncoderLearner learner = new EncoderLearner(plan, start)) {
            double loss = learner.step(
                    texts(2), NetworkTargets.ofLabels(new int[] {0, 1, 2}, new float[0]), new float[0], 1e-3);
            assertThat(loss).isGreaterThan(0.1);
            List<float[]> after = learner.weights();
            double[] rates = {0.5e-3, 1e-3, 2e-3}; // layers from below, then the head
            int moved = 0;
            for (int i = 0; i < after.size(); i++) {
                EncoderPlan.Weight weight = plan.weights().get(i);
                double rate = rates[weight.layer()];
                for (int j = 0; j < after.get(i).length; j++) {
                    double decayed = start.get(i)[j] * (1 - (weight.isDecayed() ? 0.1 * rate : 0));
                    double step = Math.abs(after.get(i)[j] - decayed);
                    assertThat(step).isLessThan(rate * 1.001 + 1e-6);
                    moved += step > 0.98 * rate ? 1 : 0;
                }
            }
            int all = plan.weights().stream().mapToInt(EncoderPlan.Weight::size).sum();
            assertThat(moved).isGreaterThan((int) (0.8 * all));
        }
    }

    @Test
    void stepsLowerTheLossAndWeightsOfRowsCount() {
        EncoderPlan plan = plan(2, 1);
        NetworkTargets targets = NetworkTargets.ofLabels(new int[] {0, 1, 2}, new float[] {1, 0, 1});
        try (EncoderLearner learner = new EncoderLearner(plan, start(plan))) {
            double first = learner.step(texts(2), targets, new float[0], 1e-2);
            double last = 0;
            for (int i = 0; i < 60; i++) {
                last = learner.step(texts(2), targets, new float[0], 1e-2);
            }
            assertThat(last).isLessThan(0.05).isLessThan(first / 5);
            float[] outputs = learner.outputs(texts(2));
            assertThat(outputs[0]).isGreaterThan(outputs[1] + 1).isGreaterThan(outputs[2] + 1);
            assertThat(outputs[8]).isGreaterThan(outputs[6] + 1).isGreaterThan(outputs[7] + 1);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeNativeCode() {
        EncoderPlan plan = plan(1, 1);
        assertThatThrownBy(() -> new EncoderLearner(plan, List.of())).isInstanceOf(IllegalArgumentException.class);
        try (EncoderLearner learner = new EncoderLearner(plan, start(plan))) {
            EncoderLearner.Texts wrong = new EncoderLearner.Texts(3, 5, new float[3 * 6 * WIDTH], new float[18]);
            assertThatThrownBy(() -> learner.outputs(wrong)).isInstanceOf(IllegalArgumentException.class);
            NetworkTargets far = NetworkTargets.ofLabels(new int[] {0, 1, 3}, new float[0]);
            assertThatThrownBy(() -> learner.step(texts(1), far, new float[0], 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
