package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {

    private static final NormalDistribution REFERENCE = new NormalDistribution();

    @Test
    void densityAndCumulativeFollowCommonsMathFarIntoTheTails() {
        for (double z = -30; z <= 8; z += 0.173) {
            assertThat(Normal.density(z))
                    .as("at %s", z)
                    .isCloseTo(REFERENCE.density(z), Percentage.withPercentage(1e-9));
            assertThat(Normal.cumulative(z))
                    .as("at %s", z)
                    .isCloseTo(REFERENCE.cumulativeProbability(z), Percentage.withPercentage(1e-8));
        }
        assertThat(Normal.cumulative(0)).isCloseTo(0.5, within(1e-15));
        assertThat(Normal.cumulative(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Normal.cumulative(Double.POSITIVE_INFINITY)).isEqualTo(1);
    }

    @Test
    void quantileIsTheInverseOfCumulative() {
        for (double p = 1e-3; p < 1; p += 1e-3) {
            assertThat(Normal.quantile(p))
                    .as("at %s", p)
                    .isCloseTo(REFERENCE.inverseCumulativeProbability(p), within(1e-8));
        }
        for (double p = 0.1; p > 1e-300; p /= 7) {
            assertThat(Normal.cumulative(Normal.quantile(p)))
                    .as("at %s", p)
                    .isCloseTo(p, Percentage.withPercentage(1e-6));
        }
        assertThat(Normal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Normal.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Normal.quantile(1 - 1e-12)).isCloseTo(-Normal.quantile(1e-12), within(1e-4));
    }

    /**
     * The largest distance to the distribution function exceeds sqrt(ln(2 / rate) / (2 n)) with at most this rate (Massart:
     * The Tight Constant in the Dvoretzky-Kiefer-Wolfowitz Inequality, 1990).
     */
    @ParameterizedTest
    @CsvSource({"0.5, 0.1", "0.5, 5", "0.02, 0.3", "1, 0.01", "0, 1", "-3, 0.5", "1.5, 0.2", "0.3, 1e-3"})
    void truncatedFollowsTheNormalDistributionCutToTheUnitRange(double mean, double deviation) {
        NormalDistribution whole = new NormalDistribution(mean, deviation);
        // by the nearer tail, since far out the probability of all below is 1 for a double
        double sign = mean > 1 ? -1 : 1;
        NormalDistribution near = sign > 0 ? whole : new NormalDistribution(-mean, deviation);
        double from = near.cumulativeProbability(sign > 0 ? 0 : -1);
        double inside = near.cumulativeProbability(sign > 0 ? 1 : 0) - from;
        SplittableRandom random = new SplittableRandom(11);
        int n = 50_000;
        double[] drawn = new double[n];
        for (int i = 0; i < n; i++) {
            drawn[i] = sign * Normal.truncated(mean, deviation, random);
        }
        Arrays.sort(drawn);
        double farthest = 0;
        for (int i = 0; i < n; i++) {
            double expected = (near.cumulativeProbability(drawn[i]) - from) / inside;
            farthest = Math.max(
                    farthest, Math.max(Math.abs(expected - (double) i / n), Math.abs((i + 1.0) / n - expected)));
        }
        assertThat(sign * drawn[0]).isBetween(0.0, 1.0);
        assertThat(sign * drawn[n - 1]).isBetween(0.0, 1.0);
        assertThat(farthest).isLessThan(Math.sqrt(Math.log(2 / 1e-9) / (2 * n)));
    }

    /** By mpmath 1.4 with 80 digits: log(exp(-z*z/2)/sqrt(2*pi) + z*erfc(-z/sqrt(2))/2). */
    @ParameterizedTest
    @CsvSource({
        "8, 2.0794415416798359377",
        "1, 0.080026218849306940029",
        "0, -0.91893853320467274178",
        "-0.999, -2.4832171154475854412",
        "-1, -2.4851210257126413368",
        "-1.001, -2.4870256579553892129",
        "-5, -16.744301162660990143",
        "-30, -457.72465376059800405",
        "-69.9, -2452.4186833903740288",
        "-71, -2529.9448929946450316",
        "-1000, -500014.73445209115845",
        "-99999, -4999900024.4447694633",
        "-100001, -5000100024.4448094633",
        "-1e6, -500000000028.54995965"
    })
    void logImprovementKeepsItsDigits(double z, double expected) {
        assertThat(Normal.logImprovement(z)).isCloseTo(expected, within(2e-6 + 1e-15 * Math.abs(expected)));
    }

    @Test
    void logImprovementNeverFalls() {
        double before = Double.NEGATIVE_INFINITY;
        for (double z = -200; z < 10; z += 0.01) {
            double now = Normal.logImprovement(z);
            assertThat(now).as("at %s", z).isGreaterThan(before);
            before = now;
        }
    }
}
