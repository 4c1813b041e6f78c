package org.autotuner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The losses on arrays against closed forms in plain Java. */
class ArrayLossTest {

    private static final double[][] LOGITS = {{2, -1, 0.5}, {0.1, 0.2, 0.3}, {-3, 4, 1}, {30, -30, 0}};
    private static final int[] LABELS = {0, 2, 1, 1};
    private static final double[] WEIGHTS = {1, 2, 0.5, 0};

    private final NDManager manager = Devices.engine().newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void crossEntropyIsTheNegativeLogOfTheLabelsShare() {
        double expected = mean((logits, row) -> -Math.log(softmax(logits)[LABELS[row]]));
        assertThat(classLoss(Loss.crossEntropy(), LOGITS, LABELS, null)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void rowWeightsAndClassWeightsMultiply() {
        List<Double> classWeights = List.of(1.0, 3.0, 0.5);
        double loss = 0;
        double total = 0;
        for (int row = 0; row < LABELS.length; row++) {
            double weight = WEIGHTS[row] * classWeights.get(LABELS[row]);
            loss -= weight * Math.log(softmax(LOGITS[row])[LABELS[row]]);
            total += weight;
        }
        assertThat(classLoss(new Loss.CrossEntropy(0, classWeights), LOGITS, LABELS, WEIGHTS))
                .isCloseTo(loss / total, within(1e-9));
    }

    @Test
    void rowsThatWeighNothingGiveZeroAndNotNan() {
        assertThat(classLoss(Loss.crossEntropy(), LOGITS, LABELS, new double[4]))
                .isZero();
    }

    @Test
    void labelSmoothingMovesAShareToAllClasses() {
        // PyTorch: (1 - s) * loss of the label + s / C * loss of all classes
        double expected = mean((logits, row) -> {
            double all = 0;
            for (double share : softmax(logits)) {
                all -= Math.log(share);
            }
            return 0.9 * -Math.log(softmax(logits)[LABELS[row]]) + 0.1 / 3 * all;
        });
        assertThat(classLoss(new Loss.CrossEntropy(0.1, List.of()), LOGITS, LABELS, null))
                .isCloseTo(expected, within(1e-9));
    }

    @Test
    void softLabelsAreAMixtureOfLabels() {
        double[][] shares = {{0.7, 0.2, 0.1}, {0, 0, 1}, {0.5, 0.5, 0}, {1, 0, 0}};
        double expected = mean((logits, row) -> {
            double loss = 0;
            for (int label = 0; label < 3; label++) {
                loss -= shares[row][label] * Math.log(softmax(logits)[label]);
            }
            return loss;
        });
        NDArray outputs = manager.create(flat(LOGITS)).reshape(4, 3);
        NDArray targets = manager.create(flat(shares)).reshape(4, 3);
        assertThat(new ArrayLoss(Loss.crossEntropy())
                        .mean(outputs, targets, null)
                        .getDouble())
                .isCloseTo(expected, within(1e-9));
    }

    @Test
    void binaryCrossEntropyIsThatOfTheSigmoid() {
        double[][] logits = {{0.3}, {-2}, {15}, {-15}};
        int[] labels = {1, 1, 1, 0};
        double expected = 0;
        double weighted = 0;
        for (int row = 0; row < 4; row++) {
            double share = 1 / (1 + Math.exp(-logits[row][0]));
            double loss = -Math.log(labels[row] == 1 ? share : 1 - share);
            expected += loss / 4;
            weighted += loss * (labels[row] == 1 ? 3 : 1) / 10;
        }
        assertThat(classLoss(Loss.binaryCrossEntropy(), logits, labels, null)).isCloseTo(expected, within(1e-9));
        assertThat(classLoss(new Loss.BinaryCrossEntropy(0, List.of(1.0, 3.0)), logits, labels, null))
                .isCloseTo(weighted, within(1e-9));
    }

    @Test
    void binaryCrossEntropyStaysFiniteForLargeLogits() {
        assertThat(classLoss(Loss.binaryCrossEntropy(), new double[][] {{800}, {-800}}, new int[] {0, 1}, null))
                .isCloseTo(800, within(1e-9));
    }

    @Test
    void focalLossWeighsByTheComplementsPower() {
        double expected = mean((logits, row) -> {
            double share = softmax(logits)[LABELS[row]];
            return -Math.pow(1 - share, 2) * Math.log(share);
        });
        assertThat(classLoss(new Loss.Focal(2), LOGITS, LABELS, null)).isCloseTo(expected, within(1e-6));
        double share = 1 / (1 + Math.exp(-0.4));
        assertThat(classLoss(new Loss.Focal(1.5), new double[][] {{0.4}, {0.4}}, new int[] {1, 0}, null))
                .isCloseTo(
                        -0.5 * Math.pow(1 - share, 1.5) * Math.log(share)
                                - 0.5 * Math.pow(share, 1.5) * Math.log(1 - share),
                        within(1e-9));
        assertThat(classLoss(new Loss.Focal(0), LOGITS, LABELS, null))
                .isCloseTo(classLoss(Loss.crossEntropy(), LOGITS, LABELS, null), within(1e-6));
    }

    @Test
    void lossesOfValuesFollowTheirDefinitions() {
        // differences 0.5, -3, 0, 2
        double[] outputs = {1, 2, 3, 4};
        double[] targets = {1.5, -1, 3, 6};
        assertThat(valueLoss(new Loss.Squared(), outputs, 1, targets)).isCloseTo(13.25 / 4, within(1e-9));
        assertThat(valueLoss(new Loss.Absolute(), outputs, 1, targets)).isCloseTo(5.5 / 4, within(1e-9));
        // Huber, delta 1: 0.125, 2.5, 0, 1.5
        assertThat(valueLoss(new Loss.Huber(1), outputs, 1, targets)).isCloseTo(4.125 / 4, within(1e-9));
        assertThat(valueLoss(new Loss.Squared(), outputs, 2, targets)).isCloseTo(13.25 / 4, within(1e-9));
    }

    @Test
    void pinballLossAsksEachOutputForItsLevel() {
        // two rows, levels 0.1 and 0.9; truth 2 and 0, outputs (1, 3) and (1, -1)
        // row 0: 0.1 * 1 + 0.1 * 1; row 1: 0.9 * 1 + 0.9 * 1; means over levels 0.1 and 0.9
        NDArray outputs = manager.create(new double[] {1, 3, 1, -1}).reshape(2, 2);
        NDArray targets = manager.create(new double[] {2, 0}).reshape(2, 1);
        assertThat(new ArrayLoss(new Loss.Pinball(List.of(0.1, 0.9)))
                        .mean(outputs, targets, null)
                        .getDouble())
                .isCloseTo(0.5, within(1e-7));
    }

    private double classLoss(Loss loss, double[][] logits, int[] labels, double[] weights) {
        NDArray outputs = manager.create(flat(logits)).reshape(logits.length, logits[0].length);
        NDArray targets = new Targets.Labels(labels).on(manager);
        return new ArrayLoss(loss)
                .mean(outputs, targets, weights == null ? null : manager.create(weights))
                .getDouble();
    }

    private double valueLoss(Loss loss, double[] outputs, int width, double[] targets) {
        return new ArrayLoss(loss)
                .mean(
                        manager.create(outputs).reshape(-1, width),
                        manager.create(targets).reshape(-1, width),
                        null)
                .getDouble();
    }

    private static double mean(ToDoubleBiFunction<double[], Integer> ofRow) {
        double sum = 0;
        for (int row = 0; row < LOGITS.length; row++) {
            sum += ofRow.applyAsDouble(LOGITS[row], row);
        }
        return sum / LOGITS.length;
    }

    private static double[] softmax(double[] logits) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        double[] shares = new double[logits.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.exp(logits[i]) / sum;
        }
        return shares;
    }

    private static double[] flat(double[][] rows) {
        return java.util.Arrays.stream(rows)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
    }
}
