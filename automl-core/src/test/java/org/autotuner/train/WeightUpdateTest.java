package org.autotuner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Three steps of each rule from weights (1, -2) with gradients (0.5, -1), (-0.25, 2), (1, 0.5), against the formulas in
 * PyTorch's documentation (torch.optim.SGD, Adam, AdamW) worked out in double numbers, and where short by hand.
 */
class WeightUpdateTest {

    private static final double[][] GRADIENTS = {{0.5, -1}, {-0.25, 2}, {1, 0.5}};
    private static final double RATE = 0.1;

    private final NDManager manager = Devices.engine().newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void plainDescentByHand() {
        // 1 - 0.1 * (0.5 - 0.25 + 1), -2 - 0.1 * (-1 + 2 + 0.5)
        assertClose(run(UpdateRule.sgd(0), 1, 1), 0.875, -2.15);
    }

    @Test
    void momentumByHand() {
        // velocities 0.5, 0.2, 1.18 and -1, 1.1, 1.49 (momentum 0.9)
        assertClose(run(new UpdateRule.Sgd(0.9, false, 0), 1, 1), 1 - 0.1 * 1.88, -2 - 0.1 * 1.59);
    }

    @Test
    void nesterovByHand() {
        // changes g + 0.9 v: 0.95, -0.07, 2.062 and -1.9, 2.99, 1.841
        assertClose(run(UpdateRule.sgd(0.9), 1, 1), 1 - 0.1 * 2.942, -2 - 0.1 * 2.931);
    }

    @Test
    void descentAddsThePenaltyToTheGradient() {
        double[] weights = {1, -2};
        for (double[] gradient : GRADIENTS) {
            for (int i = 0; i < 2; i++) {
                weights[i] -= RATE * (gradient[i] + 0.2 * weights[i]);
            }
        }
        assertClose(run(new UpdateRule.Sgd(0, false, 0.2), 1, 1), weights);
    }

    @Test
    void adamsFirstStepIsTheRateInTheGradientsDirection() {
        NDArray weights = manager.create(new float[] {1, -2});
        update(UpdateRule.adam(), 1, 1).apply(weights, manager.create(new float[] {0.5f, -1}), RATE, 1, 1);
        assertClose(weights.toFloatArray(), 0.9, -1.9);
    }

    @Test
    void adamAddsThePenaltyToTheGradient() {
        assertClose(run(new UpdateRule.Adam(0.9, 0.999, 1e-8, 0.3), 1, 1), adam(0.9, 0.999, 1e-8, 0.3, 0, 1, 1));
        assertClose(run(new UpdateRule.Adam(0.8, 0.9, 0.1, 0), 1, 1), adam(0.8, 0.9, 0.1, 0, 0, 1, 1));
    }

    @Test
    void adamWShrinksTheWeightsApart() {
        assertClose(run(UpdateRule.adamW(0.3), 1, 1), adam(0.9, 0.999, 1e-8, 0, 0.3, 1, 1));
    }

    @Test
    void adamWByHand() {
        // weight 1, gradients 1 and 1, betas 0.5 and 0.5, epsilon 0, decay 0.5, rate 0.1: bias-corrected moments are 1,
        // so each step is w * (1 - 0.05) - 0.1: 0.85, 0.7075
        NDArray weights = manager.create(new float[] {1});
        WeightUpdate update = new WeightUpdate(new UpdateRule.AdamW(0.5, 0.5, 1e-12, 0.5), manager, 1, null, null);
        update.apply(weights, manager.create(new float[] {1}), 0.1, 1, 1);
        assertClose(weights.toFloatArray(), 0.85);
        update.apply(weights, manager.create(new float[] {1}), 0.1, 1, 2);
        assertClose(weights.toFloatArray(), 0.7075);
    }

    @Test
    void groupsHaveRatesAndDecaysOfTheirOwn() {
        assertClose(run(UpdateRule.adamW(0.3), 0.5, 0), adam(0.9, 0.999, 1e-8, 0, 0.3, 0.5, 0));
        double[] weights = {1, -2};
        for (double[] gradient : GRADIENTS) {
            for (int i = 0; i < 2; i++) {
                weights[i] -= RATE * 0.5 * (gradient[i] + 0.2 * 3 * weights[i]);
            }
        }
        assertClose(run(new UpdateRule.Sgd(0, false, 0.2), 0.5, 3), weights);
    }

    @Test
    void regularizationIsAShareOfTheDecay() {
        assertClose(run(UpdateRule.adamW(0.3), 1, 1, 0.25), adam(0.9, 0.999, 1e-8, 0, 0.25 * 0.3, 1, 1));
        assertClose(
                run(new UpdateRule.Adam(0.9, 0.999, 1e-8, 0.3), 1, 1, 0.5), adam(0.9, 0.999, 1e-8, 0.5 * 0.3, 0, 1, 1));
        UpdateRule whole = new UpdateRule.Sgd(0.9, true, 0.2);
        assertThat(run(whole, 1, 1, 0.5)).isEqualTo(run(new UpdateRule.Sgd(0.9, true, 0.1), 1, 1));
    }

    /** The formulas of the documentation, in double. */
    private static double[] adam(
            double beta1,
            double beta2,
            double epsilon,
            double penalty,
            double decay,
            double rateFactor,
            double decayFactor) {
        double rate = RATE * rateFactor;
        double[] weights = {1, -2};
        double[] mean = new double[2];
        double[] square = new double[2];
        for (int step = 1; step <= GRADIENTS.length; step++) {
            for (int i = 0; i < 2; i++) {
                weights[i] *= 1 - rate * decay * decayFactor;
                double gradient = GRADIENTS[step - 1][i] + penalty * decayFactor * weights[i];
                mean[i] = beta1 * mean[i] + (1 - beta1) * gradient;
                square[i] = beta2 * square[i] + (1 - beta2) * gradient * gradient;
                double corrected = Math.sqrt(square[i] / (1 - Math.pow(beta2, step)));
                weights[i] -= rate * mean[i] / (1 - Math.pow(beta1, step)) / (corrected + epsilon);
            }
        }
        return weights;
    }

    private float[] run(UpdateRule rule, double rateFactor, double decayFactor) {
        return run(rule, rateFactor, decayFactor, 1);
    }

    private float[] run(UpdateRule rule, double rateFactor, double decayFactor, double regularization) {
        NDArray weights = manager.create(new float[] {1, -2});
        WeightUpdate update = update(rule, rateFactor, decayFactor);
        for (int step = 0; step < GRADIENTS.length; step++) {
            NDArray gradient = manager.create(new float[] {(float) GRADIENTS[step][0], (float) GRADIENTS[step][1]});
            update.apply(weights, gradient, RATE, regularization, step + 1);
        }
        return weights.toFloatArray();
    }

    private WeightUpdate update(UpdateRule rule, double rateFactor, double decayFactor) {
        return new WeightUpdate(rule, manager, 2, factors(rateFactor), factors(decayFactor));
    }

    private NDArray factors(double factor) {
        return factor == 1 ? null : manager.create(new float[] {(float) factor, (float) factor});
    }

    private static void assertClose(float[] weights, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) weights[i]).isCloseTo(expected[i], within(1e-6));
        }
    }
}
