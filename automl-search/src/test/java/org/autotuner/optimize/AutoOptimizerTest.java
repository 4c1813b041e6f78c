package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.junit.jupiter.api.Test;

class AutoOptimizerTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            Parameter.reals("x", 0, 1),
            Parameter.reals("y", 0, 1),
            Parameter.reals("z", 0, 1),
            Parameter.choice("kind", "a", "b", "c"));

    private static double number(Configuration one, String name) {
        return one.value(name) instanceof Double number ? number : Double.NaN;
    }

    private static double distance(Configuration one, double x, double y, double z) {
        return Math.max(
                Math.abs(number(one, "x") - x),
                Math.max(Math.abs(number(one, "y") - y), Math.abs(number(one, "z") - z)));
    }

    /** Three good starting points near one corner: what follows must be near them far more often than chance has it. */
    private static long near(Optimizer optimizer) {
        long near = 0;
        for (long seed = 0; seed < 100; seed++) {
            List<Trial> trials = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                Configuration start = SPACE.parse("{\"x\":0.9,\"y\":0.8%d,\"z\":0.9,\"kind\":\"b\"}".formatted(number));
                trials.add(Runs.completed(number, start, number));
            }
            Configuration next = optimizer
                    .open(SPACE, seed)
                    .propose(3, TrialHistory.of(trials))
                    .orElseThrow();
            near += distance(next, 0.9, 0.81, 0.9) < 0.35 ? 1 : 0;
        }
        return near;
    }

    @Test
    void afterStartingPointsItStepsFromTheLeaders() {
        assertThat(near(new AutoOptimizer())).isLessThan(35); // a share of 0.45 * 0.53 * 0.45 of the space
        assertThat(near(new AutoOptimizer().afterStartingPoints(0))).isGreaterThan(70);
    }

    @Test
    void withoutCompletedTrialsItFillsTheSpaceAfterStartingPointsToo() {
        List<Trial> running = List.of(Trial.running(0, SPACE.defaults()));
        assertThat(new AutoOptimizer().afterStartingPoints(0).open(SPACE, 1).propose(1, TrialHistory.of(running)))
                .isEqualTo(new AutoOptimizer().open(SPACE, 1).propose(1, TrialHistory.of(running)));
    }

    /** Beyond some hundreds of trials other methods take over; they must go on from what was found. */
    @Test
    void goesOnImprovingAfterHundredsOfTrials() {
        List<Trial> trials = Runs.minimize(
                new AutoOptimizer(),
                SPACE,
                one -> {
                    double far = distance(one, 0.3, 0.7, 0.2);
                    return far * far + ("c".equals(one.value("kind")) ? 0 : 0.2);
                },
                330,
                2);
        double far = Runs.median(trials.subList(260, 330).stream()
                .mapToDouble(trial -> distance(trial.configuration(), 0.3, 0.7, 0.2))
                .toArray());
        assertThat(far).isLessThan(0.2);
        assertThat(Runs.best(trials)).isLessThan(1e-3);
    }

    /** Once the best lies in a corner, expected improvement is highest there for ever. */
    @Test
    void withoutNoiseTheBestIsNotTriedAgainAndAgain() {
        SearchSpace space =
                SearchSpace.of(Parameter.reals("a", 0, 1), Parameter.reals("b", 0, 1), Parameter.choice("c", "x", "y"));
        for (long seed = 0; seed < 3; seed++) {
            List<Trial> trials = Runs.minimize(
                    new AutoOptimizer(),
                    space,
                    one -> (double) one.value("a") + (double) one.value("b") + ("x".equals(one.value("c")) ? 1 : 0),
                    48,
                    seed);
            assertThat(Runs.best(trials)).isZero();
            // two repetitions tell that there is no noise
            assertThat(trials.stream().map(Trial::configuration).distinct().count())
                    .isGreaterThanOrEqualTo(46);
        }
    }
}
