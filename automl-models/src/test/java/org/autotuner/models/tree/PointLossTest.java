package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PointLossTest {

    private static final double STEP = 1e-5;

    /** Each loss with its closed form, for values of 1 and 0 or 3. */
    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of(new PointLoss.Squared(), 3.0, (DoubleUnaryOperator) m -> 0.5 * (m - 3) * (m - 3)),
                Arguments.of(new PointLoss.Absolute(), 3.0, (DoubleUnaryOperator) m -> Math.abs(m - 3)),
                Arguments.of(new PointLoss.Huber(1.5), 3.0, (DoubleUnaryOperator)
                        m -> Math.abs(m - 3) <= 1.5 ? 0.5 * (m - 3) * (m - 3) : 1.5 * (Math.abs(m - 3) - 0.75)),
                Arguments.of(new PointLoss.Quantile(0.2), 3.0, (DoubleUnaryOperator)
                        m -> m > 3 ? 0.8 * (m - 3) : 0.2 * (3 - m)),
                Arguments.of(new PointLoss.Logistic(), 1.0, (DoubleUnaryOperator) m -> Math.log1p(Math.exp(-m))),
                Arguments.of(new PointLoss.Logistic(), 0.0, (DoubleUnaryOperator) m -> Math.log1p(Math.exp(m))),
                Arguments.of(new PointLoss.Poisson(), 3.0, (DoubleUnaryOperator) m -> Math.exp(m) - 3 * m),
                Arguments.of(new PointLoss.Tweedie(1.3), 3.0, (DoubleUnaryOperator)
                        m -> Math.exp(0.7 * m) / 0.7 + 3 * Math.exp(-0.3 * m) / 0.3));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsAndCurvaturesAreDerivatives(PointLoss loss, double value, DoubleUnaryOperator form) {
        for (double margin : new double[] {-2.3, -0.4, 0.1, 1.7, 2.9, 4.2}) {
            double slope = (form.applyAsDouble(margin + STEP) - form.applyAsDouble(margin - STEP)) / (2 * STEP);
            assertThat(loss.gradient(margin, value)).as("at %s", margin).isEqualTo(slope, within(1e-6));
            if (!loss.isFlat()) {
                double bend = (loss.gradient(margin + STEP, value) - loss.gradient(margin - STEP, value)) / (2 * STEP);
                assertThat(loss.curvature(margin, value)).as("at %s", margin).isEqualTo(bend, within(1e-6));
            }
        }
    }

    /** Gradients add up to nothing at the best constant; of steps in absolute losses, to less than one row's. */
    @ParameterizedTest
    @MethodSource("losses")
    void theStartIsTheBestConstant(PointLoss loss) {
        double[] values =
                loss instanceof PointLoss.Logistic ? new double[] {1, 0, 1, 1, 0} : new double[] {4, 1, 0, 7, 3};
        double[] weights = {1, 2, 0.5, 1, 3};
        double start = loss.start(values, weights);
        if (loss instanceof PointLoss.Huber) {
            return; // starts at the median
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * loss.gradient(start, values[i]);
        }
        assertThat(Math.abs(sum)).isLessThan(Double.isNaN(loss.renewedBy()) ? 1e-9 : 3);
    }

    @Test
    void weightedQuantilesAreTheLeastValuesWithEnoughBelow() {
        double[] values = {5, 1, 3, 2};
        assertThat(WeightedValues.quantile(values, new double[] {1, 1, 1, 1}, 0.5))
                .isEqualTo(2);
        assertThat(WeightedValues.quantile(values, new double[] {1, 1, 1, 1}, 0.51))
                .isEqualTo(3);
        assertThat(WeightedValues.quantile(values, new double[] {10, 1, 1, 1}, 0.5))
                .isEqualTo(5);
        assertThat(WeightedValues.quantile(values, new double[] {1, 0, 1, 1}, 0))
                .isEqualTo(2);
        assertThat(WeightedValues.quantile(new double[0], new double[0], 0.5)).isZero();
    }
}
