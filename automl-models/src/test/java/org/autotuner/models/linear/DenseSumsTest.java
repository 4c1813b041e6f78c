package org.autotuner.models.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

/** Sums by blocks against those row by row in doubles. */
class DenseSumsTest {

    private static final int ROWS = 1100;
    private static final int WIDTH = 37;
    private static final int OUTPUTS = 5;

    @Test
    void lossAndGradientAreThoseOfTheRows() {
        SplittableRandom random = new SplittableRandom(4);
        float[] values = new float[ROWS * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 97 == 0 ? Float.NaN : (float) random.nextGaussian();
        }
        int[] labels = new int[ROWS];
        double[] importance = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            labels[row] = random.nextInt(OUTPUTS);
            importance[row] = row % 10 == 0 ? 0 : random.nextDouble(0.5, 2);
        }
        List<Feature> features = new ArrayList<>();
        for (int j = 0; j < WIDTH; j++) {
            features.add(new Feature("f" + j, "f" + j, 0));
        }
        Design design = Design.of(FeatureMatrix.dense(features, ROWS, values));
        Weights weights = Weights.of(importance);
        Loss loss = new SoftmaxLoss(Target.ofLabels(labels), weights, OUTPUTS);
        double[] w = random.doubles(design.parameters(OUTPUTS), -0.5, 0.5).toArray();
        double[] gradient = new double[w.length];
        double[] byBlocks = new double[w.length];
        DenseSums blocks = new DenseSums(design, OUTPUTS);
        Deadline never = Deadline.never();
        double expected = new PenalisedLoss(design, loss, weights, 0.1, false, null, never).evaluate(w, gradient);
        double sum = new PenalisedLoss(design, loss, weights, 0.1, false, blocks, never).evaluate(w, byBlocks);
        assertThat(sum).isCloseTo(expected, within(1e-5));
        for (int i = 0; i < w.length; i++) {
            assertThat(byBlocks[i]).isCloseTo(gradient[i], within(2e-6));
        }
        Deadline over = Deadline.after(Duration.ZERO);
        assertThatThrownBy(
                        () -> new PenalisedLoss(design, loss, weights, 0.1, false, blocks, over).evaluate(w, byBlocks))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void theyAreForManyDenseNumbersAndOutputsAlone() {
        assertThat(DenseSums.suits(384, 384, 8000, 77)).isTrue();
        assertThat(DenseSums.suits(384, 500, 8000, 77))
                .as("sparse columns beside")
                .isFalse();
        assertThat(DenseSums.suits(384, 384, 8000, 1)).as("one output").isFalse();
        assertThat(DenseSums.suits(384, 384, 100, 77)).as("few rows").isFalse();
    }
}
