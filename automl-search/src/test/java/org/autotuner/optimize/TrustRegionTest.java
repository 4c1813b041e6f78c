package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.optimize.Observations.State;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.api.Test;

class TrustRegionTest {

    private static final int DIMENSIONS = 6;

    /** Trials of these values after one of value 100, at (number / 100, ...). */
    private static List<Observation> trials(double... values) {
        List<Observation> trials = new ArrayList<>();
        trials.add(trial(0, 100));
        for (double value : values) {
            trials.add(trial(trials.size(), value));
        }
        return trials;
    }

    private static Observation trial(int number, double value) {
        return new Observation(number, new double[] {number / 100.0, Double.NaN}, State.COMPLETED, value, 1, List.of());
    }

    private static double side(double... values) {
        return TrustRegion.of(trials(values), 1, DIMENSIONS).side();
    }

    private static double[] times(int count, double value) {
        double[] values = new double[count];
        java.util.Arrays.fill(values, value);
        return values;
    }

    @Test
    void threeImprovementsInARowDoubleTheSide() {
        double first = side();
        assertThat(side(90, 80)).isEqualTo(first);
        assertThat(side(90, 80, 70)).isEqualTo(2 * first);
        assertThat(side(90, 80, 95, 70)).as("not in a row").isEqualTo(first);
        assertThat(side(90, 80, 70, 60, 50, 40, 30, 20, 10)).as("the largest").isEqualTo(2 * first);
    }

    @Test
    void asManyFailuresAsDimensionsHalveTheSide() {
        double first = side();
        assertThat(side(times(DIMENSIONS - 1, 200))).isEqualTo(first);
        assertThat(side(times(DIMENSIONS, 200))).isEqualTo(first / 2);
        assertThat(side(times(2 * DIMENSIONS, 200))).isEqualTo(first / 4);
    }

    @Test
    void aTinyImprovementIsAFailureButMovesTheCentre() {
        TrustRegion region = TrustRegion.of(trials(99.99, 99.98, 99.97, 99.96, 99.95, 99.94), 1, DIMENSIONS);
        assertThat(region.side()).isEqualTo(side() / 2);
        assertThat(region.centre()[0]).isEqualTo(0.06);
    }

    @Test
    void aTinySideBeginsAnew() {
        double first = side();
        double smallest = first;
        boolean isAnew = false;
        for (int count = DIMENSIONS; count < 30 * DIMENSIONS && !isAnew; count += DIMENSIONS) {
            double now = side(times(count, 200));
            isAnew = now > smallest;
            assertThat(now).isEqualTo(isAnew ? first : smallest / 2);
            smallest = now;
        }
        assertThat(isAnew).isTrue();
    }

    @Test
    void trialsOfTheStartCountForTheCentreOnly() {
        TrustRegion region = TrustRegion.of(trials(90, 80, 70, 200, 200), 4, DIMENSIONS);
        assertThat(region.side()).isEqualTo(side());
        assertThat(region.centre()[0]).isEqualTo(0.03);
    }

    @Test
    void theBoxLiesAroundTheBestTrialInsideTheUnitRange() {
        Encoding encoding = new Encoding(SearchSpace.of(Parameter.reals("x", 0, 1), Parameter.reals("y", 0, 1)));
        Covariance covariance = new Covariance(encoding, new double[] {Math.log(2), Math.log(0.5), 0});
        double[] low = new double[2];
        double[] high = new double[2];
        new TrustRegion(new double[] {0.9, Double.NaN}, 0.4).bounds(covariance, low, high);
        assertThat(low).containsExactly(new double[] {0.5, 0.4}, within(1e-12));
        assertThat(high).containsExactly(new double[] {1, 0.6}, within(1e-12));
    }
}
