package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    private static final SearchSpace PLANE = SearchSpace.of(Parameter.reals("x", 0, 1), Parameter.reals("y", 0, 1));
    private static final Encoding ENCODING = new Encoding(PLANE);

    private static Trial failed(int number, Configuration configuration) {
        return Trial.running(number, configuration).withOutcome(new TrialOutcome.Failed("made to fail", 1));
    }

    private static Failures learned(List<Trial> trials) {
        Observations observations = new Observations(ENCODING);
        observations.learn(TrialHistory.of(trials));
        Failures failures = new Failures(ENCODING);
        failures.learn(observations);
        return failures;
    }

    private static Configuration at(double x, double y) {
        return PLANE.parse("{\"x\":%s,\"y\":%s}".formatted(x, y));
    }

    @Test
    void withoutFailuresNothingIsTaken() {
        List<Trial> trials = List.of(Runs.completed(0, at(0.5, 0.5), 1), Trial.running(1, at(0.1, 0.1)));
        assertThat(learned(trials).penalty(new double[] {0.5, 0.5})).isZero();
    }

    /** Ten successes at one corner and ten failures at the other: the share of all is a half, and counts as three trials. */
    @Test
    void isTheSmoothedLogarithmOfTheShareThatSucceeds() {
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            trials.add(number < 10 ? Runs.completed(number, at(0, 0), 1) : failed(number, at(1, 1)));
        }
        Failures failures = learned(trials);
        assertThat(failures.areLocal()).isTrue();
        double across = Math.exp(-0.5 / (0.1 * 0.1)); // of the narrowest width: squared distance 2, two dimensions
        assertThat(failures.penalty(new double[] {1, 1}))
                .isCloseTo(Math.log((13 + across) / (1.5 + across)), within(1e-9));
        assertThat(failures.penalty(new double[] {0, 0})).isCloseTo(Math.log(13 / 11.5), within(1e-9));
        double near = 10 * Math.exp(-0.5 * 0.01 / 0.02);
        assertThat(failures.penalty(new double[] {0.9, 1})).isCloseTo(Math.log((3 + near) / 1.5), within(1e-9));
    }

    @Test
    void failuresByChanceTellOfNoPlace() {
        SplittableRandom random = new SplittableRandom(8);
        int local = 0;
        for (int study = 0; study < 200; study++) {
            List<Trial> trials = new ArrayList<>();
            for (int number = 0; number < 60; number++) {
                Configuration drawn = PLANE.sample(random);
                trials.add(random.nextDouble() < 0.4 ? failed(number, drawn) : Runs.completed(number, drawn, 1));
            }
            local += learned(trials).areLocal() ? 1 : 0;
        }
        assertThat(local).isLessThan(10);
    }

    @Test
    void gradientEqualsDifferences() {
        SplittableRandom random = new SplittableRandom(3);
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < 30; number++) {
            Configuration drawn = PLANE.sample(random);
            boolean isLeft = (double) drawn.value("x") < 0.5;
            trials.add(isLeft ? failed(number, drawn) : Runs.completed(number, drawn, 1));
        }
        Failures failures = learned(trials);
        assertThat(failures.areLocal()).isTrue();
        for (int i = 0; i < 20; i++) {
            double[] point = {random.nextDouble(), random.nextDouble()};
            double[] gradient = {1, 2};
            assertThat(failures.penalty(point, gradient)).isEqualTo(failures.penalty(point));
            for (int d = 0; d < 2; d++) {
                double[] up = point.clone();
                double[] down = point.clone();
                up[d] += 1e-6;
                down[d] -= 1e-6;
                double slope = (failures.penalty(up) - failures.penalty(down)) / 2e-6;
                assertThat(gradient[d] - 1 - d).isCloseTo(slope, within(1e-5));
            }
        }
    }

    private static List<Trial> study(Optimizer optimizer, Predicate<Trial> fails, int count, long seed) {
        OptimizerSession session = optimizer.open(PLANE, seed);
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Configuration proposed =
                    session.propose(number, TrialHistory.of(trials)).orElseThrow();
            Trial running = Trial.running(number, proposed);
            double x = (double) proposed.value("x") - 0.45;
            double y = (double) proposed.value("y") - 0.3;
            trials.add(
                    fails.test(running) ? failed(number, proposed) : Runs.completed(number, proposed, x * x + y * y));
        }
        return trials;
    }

    private static long failures(List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.outcome() instanceof TrialOutcome.Failed)
                .count();
    }

    /** Half of the plane fails, and the best of it lies near its edge. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "tpe", "gp"})
    void aRegionWhereAllTrialsFailIsLeft(String name) {
        for (long seed = 0; seed < 3; seed++) {
            List<Trial> trials = study(
                    Optimizers.byName(name),
                    trial -> (double) trial.configuration().value("x") > 0.5,
                    80,
                    seed);
            assertThat(failures(trials.subList(40, 80))).isLessThan(14);
            assertThat(Runs.best(trials)).isLessThan(4e-3);
        }
    }

    /** Two of five fail by chance: the others must do as well as those of a random search never do. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "tpe", "gp"})
    void failuresByChanceCostOnlyThemselves(String name) {
        double[] bests = IntStream.range(0, 10)
                .mapToDouble(seed -> Runs.best(study(
                        Optimizers.byName(name),
                        trial -> Random.of(77 + seed, trial.number()).nextDouble() < 0.4,
                        60,
                        seed)))
                .toArray();
        // 36 trials of random search: median of the best about ln 2 / (36 pi)
        assertThat(Runs.median(bests)).isLessThan(0.25 * Math.log(2) / (36 * Math.PI));
    }
}
