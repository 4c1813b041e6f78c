package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.optimize.Observations.State;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.junit.jupiter.api.Test;

class CmaEsOptimizerTest {

    private static final int SIZE = 5;

    private static SearchSpace cube() {
        List<Parameter<?>> parameters = new ArrayList<>();
        for (int d = 0; d < SIZE; d++) {
            parameters.add(Parameter.reals("x" + d, 0, 1));
        }
        return SearchSpace.of(parameters);
    }

    private static double at(Configuration configuration, int d) {
        return configuration.value("x" + d) instanceof Double value ? value - 0.3 - 0.1 * d : Double.NaN;
    }

    /** Axes of condition 1000, turned by Householder's reflection so that no coordinate is an axis. */
    private static double ellipsoid(Configuration configuration) {
        double along = 0;
        for (int d = 0; d < SIZE; d++) {
            along += at(configuration, d);
        }
        double sum = 0;
        for (int d = 0; d < SIZE; d++) {
            double turned = at(configuration, d) - 2.0 / SIZE * along;
            sum += Math.pow(1000, d / (SIZE - 1.0)) * turned * turned;
        }
        return sum;
    }

    @Test
    void reachesTheMinimumOfATurnedEllipsoidIn1300Trials() {
        for (long seed = 0; seed < 5; seed++) {
            double best =
                    Runs.best(Runs.minimize(new CmaEsOptimizer(), cube(), CmaEsOptimizerTest::ellipsoid, 1300, seed));
            assertThat(best).as("seed %d", seed).isLessThan(1e-6);
        }
    }

    @Test
    void reachesAMinimumInACorner() {
        double best = Runs.best(Runs.minimize(
                new CmaEsOptimizer(),
                cube(),
                one -> {
                    double sum = 0;
                    for (int d = 0; d < SIZE; d++) {
                        double x = at(one, d) + 0.3 + 0.1 * d;
                        sum += d % 2 == 0 ? x : 1 - x;
                    }
                    return sum;
                },
                500,
                1));
        assertThat(best).isLessThan(0.01);
    }

    @Test
    void learnsWhichOptionIsBest() {
        SearchSpace space = SearchSpace.of(
                Parameter.choice("kind", "a", "b", "c", "d"), Parameter.reals("x", 0, 1), Parameter.reals("y", 0, 1));
        List<String> late = Runs.minimize(
                        new CmaEsOptimizer(),
                        space,
                        one -> ("c".equals(one.value("kind")) ? 0 : 1) + (Double) one.value("x"),
                        200,
                        4)
                .stream()
                .skip(150)
                .map(trial -> (String) trial.configuration().value("kind"))
                .toList();
        assertThat(late.stream().filter("c"::equals).count()).isGreaterThan(40);
        assertThat(late).as("the floor of the other options").isNotEqualTo(java.util.Collections.nCopies(50, "c"));
    }

    /** Trials from elsewhere, far away and better, must move the distribution but not blow it up. */
    @Test
    void trialsThatItDidNotMakeMoveItABit() {
        Encoding encoding = new Encoding(cube());
        List<Observation> start = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            start.add(new Observation(i, vector(0.2 + 0.001 * i), State.COMPLETED, 8 - i, 1, List.of()));
        }
        CmaEsState state = new CmaEsState(encoding, start);
        double before = average(state);
        List<Observation> injected = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            injected.add(new Observation(8 + i, vector(0.95), State.COMPLETED, -1, 1, List.of()));
        }
        state.learn(injected);
        assertThat(average(state)).isBetween(before + 0.01, before + 0.5);
    }

    private static double average(CmaEsState state) {
        SplittableRandom random = new SplittableRandom(1);
        double sum = 0;
        for (int i = 0; i < 2000; i++) {
            for (double x : state.sample(random)) {
                assertThat(x).isBetween(0.0, 1.0);
                sum += x;
            }
        }
        return sum / 2000 / SIZE;
    }

    private static double[] vector(double value) {
        double[] vector = new double[SIZE];
        java.util.Arrays.fill(vector, value);
        return vector;
    }
}
