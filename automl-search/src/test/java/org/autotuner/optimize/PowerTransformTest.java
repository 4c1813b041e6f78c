package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PowerTransformTest {

    /** By scipy 1.17: scipy.stats.yeojohnson(numpy.array([-3., -.7, 0., .4, 2., 50.]), lmbda). */
    @ParameterizedTest
    @CsvSource({
        "1, -3.0, -0.7, 0.4, 2.0, 50.0",
        "0.5, -4.666666666666665, -0.8110192118459337, 0.3664319132398464, 1.4641016151377548, 12.282856857085699",
        "0, -7.499999999999999, -0.945, 0.33647223662121295, 1.0986122886681098, 3.9318256327243257",
        "-0.5, -12.4, -1.1072395960828523, 0.30969149054296685, 0.8452994616207485, 1.7199439831943981",
        "2, -1.3862943611198906, -0.5306282510621704, 0.48000000000000004, 4.000000000000001, 1299.9999999999998",
        "1.5, -2.0, -0.6076809620810595, 0.4376682261785951, 2.797434948471088, 242.14189990379018"
    })
    void isThePowerTransformationOfYeoAndJohnson(double lambda, double a, double b, double c, double d, double e) {
        PowerTransform raw = new PowerTransform(0, 1, lambda, 0, 1);
        assertThat(raw.apply(new double[] {-3, -0.7, 0, 0.4, 2, 50}))
                .containsExactly(new double[] {a, b, 0, c, d, e}, within(1e-9));
    }

    private static double[] skewed(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[60];
        Arrays.setAll(values, i -> 7 + 3 * Math.exp(3 * random.nextGaussian()));
        return values;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 0, -0.5})
    void keepsTheOrderAndStandardises(double lambda) {
        double[] values = skewed(1);
        double[] made = PowerTransform.of(values, lambda).apply(values);
        assertThat(Arrays.stream(made).average().orElseThrow()).isCloseTo(0, within(1e-9));
        assertThat(Arrays.stream(made).map(value -> value * value).average().orElseThrow())
                .isCloseTo(1, within(1e-9));
        Arrays.sort(values);
        PowerTransform transform = PowerTransform.of(values, lambda);
        for (int i = 1; i < values.length; i++) {
            assertThat(transform.apply(values[i])).isGreaterThan(transform.apply(values[i - 1]));
        }
    }

    @Test
    void lowerExponentsDrawTheHighValuesIn() {
        double[] values = skewed(2);
        double before = Double.POSITIVE_INFINITY;
        for (double lambda : new double[] {1, 0.5, 0, -0.5}) {
            double highest = Arrays.stream(PowerTransform.of(values, lambda).apply(values))
                    .max()
                    .orElseThrow();
            assertThat(highest).isLessThan(before);
            before = highest;
        }
    }

    @Test
    void isTheSameUnderScaleAndShift() {
        double[] values = skewed(3);
        double[] moved = Arrays.stream(values).map(value -> 1e4 * value - 5e5).toArray();
        assertThat(PowerTransform.of(moved, 0).apply(moved))
                .containsExactly(PowerTransform.of(values, 0).apply(values), within(1e-8));
    }

    /** The slope by central differences; the constant that is left out is the logarithm of the scale. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 0, -0.5})
    void logSlopesAreThoseOfDifferences(double lambda) {
        double[] values = skewed(4);
        PowerTransform transform = PowerTransform.of(values, lambda);
        double expected = 0;
        for (double value : values) {
            double step = 1e-5 * value;
            double slope = (transform.apply(value + step) - transform.apply(value - step)) / (2 * step);
            expected += Math.log(slope * transform.scale());
        }
        assertThat(transform.logSlopes(values)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void fewOrEqualValuesStayFinite() {
        assertThat(PowerTransform.of(new double[0], 1).apply(3)).isFinite();
        assertThat(PowerTransform.of(new double[] {4}, 0).apply(4)).isCloseTo(0, within(1e-12));
        assertThat(PowerTransform.of(new double[] {4, 4, 4}, -0.5).apply(new double[] {4, 4, 4}))
                .containsExactly(new double[3], within(1e-12));
        assertThat(PowerTransform.of(new double[] {1, 1, 1, 1, 1, 1, 1, 1e9}, 0).apply(1e9))
                .isFinite();
    }
}
