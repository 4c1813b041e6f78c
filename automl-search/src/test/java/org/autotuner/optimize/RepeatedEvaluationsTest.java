package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedEvaluationsTest {

    private static final Encoding LINE = new Encoding(SearchSpace.of(Parameter.reals("x", 0, 1)));

    /** Length 0.3, noise variance a fifth of the signal's. */
    private static GaussianProcess process() {
        return new GaussianProcess(new Covariance(LINE, new double[] {Math.log(0.3), Math.log(0.2)}));
    }

    /** The mean of n values tells a Gaussian process as much as they do one by one, with a noise variance of 1/n. */
    @Test
    void oneRowForTheMeanOfEvaluationsIsWorthThemAll() {
        GaussianProcess each = process();
        GaussianProcess together = process();
        double[] values = {1, 0, -0.5, 0.1, 2};
        for (int i = 0; i < 4; i++) {
            each.append(new double[] {0.25});
        }
        each.append(new double[] {0.9});
        each.condition(values);
        together.append(new double[] {0.25}, 4);
        together.append(new double[] {0.9}, 1);
        double[] averages = {0.15, 2};
        together.condition(averages);
        for (double at : new double[] {0.25, 0.4, 0.9}) {
            assertThat(together.mean(new double[] {at})).isEqualTo(each.mean(new double[] {at}), within(1e-5));
        }
        assertThat(together.means(2, averages)[0]).isEqualTo(together.mean(new double[] {0.25}), within(1e-5));
        assertThat(each.means(5, values)[0]).isEqualTo(each.mean(new double[] {0.25}), within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 0, -0.5})
    void theInverseOfATransformIsItsInverse(double lambda) {
        double[] values = {-3, -1, 0, 0.5, 2, 100};
        PowerTransform transform = PowerTransform.of(values, lambda);
        for (double value : values) {
            assertThat(transform.inverse(transform.apply(value)))
                    .isEqualTo(value, within(1e-6 * (1 + Math.abs(value))));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 0, -0.5})
    void theInverseIsFiniteEvenBeyondWhatATransformReaches(double lambda) {
        PowerTransform transform = PowerTransform.of(new double[] {0, 1, 2, 3, 100}, lambda);
        assertThat(transform.inverse(50)).isFinite().isGreaterThan(3);
        assertThat(transform.inverse(-50)).isFinite().isLessThan(0);
    }
}
