package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BoxedBfgsTest {

    /** A function that counts how often it is asked, and refuses points outside a box. */
    private static final class Counted implements BoxedBfgs.Smooth {
        private final BoxedBfgs.Smooth function;
        private final double[] low;
        private final double[] high;
        private int asked;

        Counted(BoxedBfgs.Smooth function, double[] low, double[] high) {
            this.function = function;
            this.low = low;
            this.high = high;
        }

        @Override
        public double at(double[] point, double[] gradient) {
            asked++;
            for (int i = 0; i < point.length; i++) {
                assertThat(point[i]).isBetween(low[i], high[i]);
            }
            return function.at(point, gradient);
        }
    }

    private static double rosenbrock(double[] point, double[] gradient) {
        double x = point[0];
        double y = point[1];
        gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
        gradient[1] = 200 * (y - x * x);
        return 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
    }

    private static double[] all(int size, double value) {
        double[] filled = new double[size];
        Arrays.fill(filled, value);
        return filled;
    }

    @Test
    void findsTheMinimumOfRosenbrocksValley() {
        double[] low = all(2, -2);
        double[] high = all(2, 2);
        Counted valley = new Counted(BoxedBfgsTest::rosenbrock, low, high);
        double[] found = new BoxedBfgs(low, high, 200, 0.1).minimise(new double[] {-1.2, 1}, valley);
        assertThat(found).containsExactly(new double[] {1, 1}, within(1e-3));
        assertThat(valley.asked).isLessThan(120);
    }

    /** With x at most 0.5 the best point is (0.5, 0.25): d/dy vanishes there, and x would like to grow. */
    @Test
    void findsAMinimumAtABound() {
        double[] low = all(2, -2);
        double[] high = {0.5, 2};
        Counted valley = new Counted(BoxedBfgsTest::rosenbrock, low, high);
        double[] found = new BoxedBfgs(low, high, 200, 0.1).minimise(new double[] {-1.2, 1}, valley);
        assertThat(found).containsExactly(new double[] {0.5, 0.25}, within(1e-3));
    }

    private static double quadratic(double[] point, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < point.length; i++) {
            double weight = 1 + i;
            double difference = point[i] - 0.1 * i;
            gradient[i] = 2 * weight * difference;
            sum += weight * difference * difference;
        }
        return sum;
    }

    @Test
    void aQuadraticTakesFewEvaluations() {
        double[] low = all(8, -1);
        double[] high = all(8, 1);
        Counted bowl = new Counted(BoxedBfgsTest::quadratic, low, high);
        double[] found = new BoxedBfgs(low, high, 100, 0.3).minimise(all(8, -0.5), bowl);
        double[] expected = new double[8];
        Arrays.setAll(expected, i -> 0.1 * i);
        assertThat(found).containsExactly(expected, within(1e-3));
        assertThat(bowl.asked).isLessThan(40);
    }

    @Test
    void eachCoordinateWhoseMinimumLiesOutsideEndsAtItsBound() {
        double[] low = all(8, 0.25);
        double[] high = all(8, 0.45);
        double[] found = new BoxedBfgs(low, high, 100, 0.3).minimise(all(8, 0.4), BoxedBfgsTest::quadratic);
        double[] expected = new double[8];
        Arrays.setAll(expected, i -> Math.min(0.45, Math.max(0.25, 0.1 * i)));
        assertThat(found).containsExactly(expected, within(1e-3));
    }

    @Test
    void neverAsksMoreOftenThanAllowedAndNeverGetsWorse() {
        double[] low = all(2, -2);
        double[] high = all(2, 2);
        double[] start = {-1.2, 1};
        double before = rosenbrock(start, new double[2]);
        for (int evaluations = 1; evaluations < 30; evaluations++) {
            Counted valley = new Counted(BoxedBfgsTest::rosenbrock, low, high);
            double[] found = new BoxedBfgs(low, high, evaluations, 0.7).minimise(start, valley);
            assertThat(valley.asked).isLessThanOrEqualTo(evaluations);
            double now = rosenbrock(found, new double[2]);
            assertThat(now).as("%d evaluations", evaluations).isLessThanOrEqualTo(before);
            before = now;
        }
        assertThat(start).containsExactly(-1.2, 1);
    }

    @Test
    void staysAtAStationaryPointAndLeavesPointsThatAreNoNumbers() {
        double[] low = all(2, -2);
        double[] high = all(2, 2);
        assertThat(new BoxedBfgs(low, high, 50, 0.1).minimise(new double[] {1, 1}, BoxedBfgsTest::rosenbrock))
                .containsExactly(1, 1);
        double[] found = new BoxedBfgs(low, high, 50, 1).minimise(new double[] {-1, -1}, (point, gradient) -> {
            gradient[0] = 1;
            gradient[1] = 0;
            return point[0] < -1.5 ? Double.NaN : point[0];
        });
        assertThat(found[0]).isBetween(-1.5, -1.0);
    }
}
