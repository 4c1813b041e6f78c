package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.api.Test;

class CovarianceTest {

    private static final Encoding MIXED = new Encoding(SearchSpace.of(
            Parameter.reals("x", 0, 1), Parameter.choice("kind", "a", "b", "c"), Parameter.reals("y", 0, 1)));

    private static final double[] LOGS = {Math.log(0.4), Math.log(0.8), Math.log(2), Math.log(0.01)};

    private static double[] drawn(SplittableRandom random) {
        return MIXED.snap(random.doubles(3).toArray());
    }

    @Test
    void isMaternOverNumbersTimesAFactorPerDifferingCategory() {
        Covariance covariance = new Covariance(MIXED, LOGS);
        double[] a = MIXED.snap(new double[] {0.1, 0.1, 0.9});
        double[] b = MIXED.snap(new double[] {0.3, 0.9, 0.3});
        double r = Math.sqrt(5 * (0.2 * 0.2 / (0.4 * 0.4) + 0.6 * 0.6 / (2 * 2)));
        double matern = (1 + r + r * r / 3) * Math.exp(-r);
        assertThat(covariance.of(a, b)).isCloseTo(matern * Math.exp(-0.8), within(1e-14));
        assertThat(covariance.of(b, a)).isEqualTo(covariance.of(a, b));
        assertThat(covariance.of(a, a)).isEqualTo(1);
        b[1] = a[1];
        assertThat(covariance.of(a, b)).isCloseTo(matern, within(1e-14));
        assertThat(covariance.noise()).isCloseTo(0.01, within(1e-15));
    }

    @Test
    void derivativesByParametersAreThoseOfDifferences() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50; i++) {
            double[] a = drawn(random);
            double[] b = drawn(random);
            double[] gradient = new double[4];
            new Covariance(MIXED, LOGS).addByParameters(a, b, 3, gradient);
            for (int p = 0; p < 3; p++) {
                double expected = Runs.slope(logs -> 3 * new Covariance(MIXED, logs).of(a, b), LOGS, p, 1e-5);
                assertThat(gradient[p]).as("pair %d, parameter %d", i, p).isCloseTo(expected, within(1e-8));
            }
            assertThat(gradient[3]).isZero();
        }
    }

    @Test
    void derivativesByNumbersAreThoseOfDifferences() {
        SplittableRandom random = new SplittableRandom(2);
        Covariance covariance = new Covariance(MIXED, LOGS);
        for (int i = 0; i < 50; i++) {
            double[] a = drawn(random);
            double[] b = drawn(random);
            double[] one = {5, 5, 5};
            double[] other = new double[3];
            covariance.addByNumbers(a, b, 2, -3, one, other);
            for (int d : new int[] {0, 2}) {
                double expected = Runs.slope(at -> covariance.of(at, b), a, d, 1e-6);
                assertThat(one[d]).isCloseTo(5 + 2 * expected, within(1e-7));
                assertThat(other[d]).isCloseTo(-3 * expected, within(1e-7));
            }
            assertThat(one[1]).isEqualTo(5);
        }
    }

    @Test
    void coordinatesOffThePathStandAtTheMiddle() {
        double[] vector = {0.3, Double.NaN, 1};
        assertThat(Covariance.filled(vector)).containsExactly(0.3, 0.5, 1);
        assertThat(vector[1]).isNaN();
    }

    @Test
    void relativeLengthsAreAboutOneAndCut() {
        assertThat(new Covariance(MIXED, LOGS).relativeLengths())
                .containsExactly(new double[] {Math.sqrt(0.2), 1, Math.sqrt(5)}, within(1e-12));
        assertThat(new Covariance(MIXED, new double[] {-8, 0, 8, 0}).relativeLengths())
                .containsExactly(0.2, 1, 5);
    }
}
