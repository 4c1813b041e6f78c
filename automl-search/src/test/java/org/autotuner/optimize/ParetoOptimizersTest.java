package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On test functions of the literature the front must be clearly better than that of random search. */
class ParetoOptimizersTest {

    private record Problem(
            SearchSpace space, double[] reference, Function<Configuration, TrialOutcome.Completed> objective) {}

    /** Zitzler, Deb, Thiele: Comparison of Multiobjective Evolutionary Algorithms, 2000; six parameters. */
    private static Problem zdt1() {
        List<RealParameter> x = java.util.stream.IntStream.range(0, 6)
                .mapToObj(i -> Parameter.reals("x" + i, 0, 1))
                .toList();
        return new Problem(SearchSpace.of(x), new double[] {1.1, 6}, configuration -> {
            double first = configuration.get(x.get(0));
            double rest =
                    x.stream().skip(1).mapToDouble(configuration::get).average().orElseThrow();
            double g = 1 + 9 * rest;
            return new TrialOutcome.Completed(List.of(first, g * (1 - Math.sqrt(first / g))), 0);
        });
    }

    /** Srinivas, Deb: Multiobjective Optimization Using Nondominated Sorting, 1994; two constraints. */
    private static Problem srn() {
        RealParameter first = Parameter.reals("x", -20, 20);
        RealParameter second = Parameter.reals("y", -20, 20);
        return new Problem(SearchSpace.of(first, second), new double[] {250, 50}, configuration -> {
            double x = configuration.get(first);
            double y = configuration.get(second);
            return new TrialOutcome.Completed(
                    List.of(2 + (x - 2) * (x - 2) + (y - 1) * (y - 1), 9 * x - (y - 1) * (y - 1)),
                    List.of(x * x + y * y - 225, x - 3 * y + 10),
                    0);
        });
    }

    private static double hypervolume(Problem problem, Optimizer optimizer, long seed, int count) {
        OptimizerSession session = optimizer.open(problem.space(), seed);
        List<Trial> trials = new ArrayList<>();
        List<double[]> points = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Configuration proposed =
                    session.propose(number, TrialHistory.of(trials)).orElseThrow();
            TrialOutcome.Completed outcome = problem.objective().apply(proposed);
            trials.add(Trial.running(number, proposed).withOutcome(outcome));
            if (outcome.isFeasible()) {
                points.add(outcome.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
            }
        }
        return Pareto.hypervolume(points, problem.reference());
    }

    private static double[] hypervolumes(Problem problem, Optimizer optimizer, int count) {
        double[] found = new double[5];
        for (int seed = 0; seed < found.length; seed++) {
            found[seed] = hypervolume(problem, optimizer, seed, count);
        }
        return found;
    }

    /** The middle one of five seeds against random search's best of five. */
    private static void assertThatBeatsRandom(Problem problem, String name, int count, double margin) {
        double best = Arrays.stream(hypervolumes(problem, new RandomOptimizer(), count))
                .max()
                .orElseThrow();
        double middle = Arrays.stream(hypervolumes(problem, Optimizers.byName(name), count))
                .sorted()
                .toArray()[2];
        assertThat(middle).isGreaterThan(best * margin);
    }

    /** The ideal front has a hypervolume of 6.27 here. */
    @ParameterizedTest
    @ValueSource(strings = {"nsga2", "motpe"})
    void theFrontOfZdt1IsFarBeyondRandomSearch(String name) {
        assertThatBeatsRandom(zdt1(), name, 200, 1.15);
    }

    @Test
    void processesComeNearTheFrontOfZdt1InFiftyTrials() {
        assertThat(hypervolume(zdt1(), new ParetoOptimizer(), 1, 50)).isGreaterThan(6);
    }

    @Test
    void theConstrainedFrontOfSrnIsBeyondRandomSearch() {
        assertThatBeatsRandom(srn(), "nsga2", 250, 1.01);
    }

    /** Trials that keep a limit are rare at first: one in a thousand. */
    @ParameterizedTest
    @ValueSource(strings = {"nsga2", "motpe", "parego", "pareto"})
    void trialsThatBreakConstraintsLessLeadToTheOnesThatKeepThem(String name) {
        RealParameter x = Parameter.reals("x", 0, 1);
        RealParameter y = Parameter.reals("y", 0, 1);
        RealParameter z = Parameter.reals("z", 0, 1);
        Problem narrow = new Problem(SearchSpace.of(x, y, z), new double[] {2}, configuration -> {
            double away = Math.abs(configuration.get(x) - 0.7)
                    + Math.abs(configuration.get(y) - 0.2)
                    + Math.abs(configuration.get(z) - 0.9);
            return new TrialOutcome.Completed(List.of(configuration.get(x)), List.of(away - 0.1), 0);
        });
        for (int seed = 0; seed < 3; seed++) {
            assertThat(hypervolume(narrow, Optimizers.byName(name), seed, 200))
                    .as("seed %d", seed)
                    .isPositive();
        }
    }
}
