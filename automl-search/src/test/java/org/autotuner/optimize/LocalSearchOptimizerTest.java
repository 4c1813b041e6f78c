package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

class LocalSearchOptimizerTest {

    private static final SearchSpace PLANE = SearchSpace.of(
            Parameter.reals("x", 0, 1).withDefault(0.4),
            Parameter.reals("y", 0, 1).withDefault(0.5));

    private static double[] at(Configuration one) {
        return new Encoding(PLANE).encode(one);
    }

    @Test
    void beginsAtTheDefaults() {
        assertThat(new LocalSearchOptimizer().open(PLANE, 9).propose(0, TrialHistory.of(List.of())))
                .contains(PLANE.defaults());
    }

    @Test
    void afterAFailureItStepsTheOppositeWay() {
        List<Trial> trials = new ArrayList<>(List.of(
                Runs.completed(0, PLANE.defaults(), 1), Runs.completed(1, PLANE.parse("{\"x\":0.41,\"y\":0.5}"), 2)));
        OptimizerSession session = new LocalSearchOptimizer().open(PLANE, 9);
        Configuration forth = session.propose(2, TrialHistory.of(trials)).orElseThrow();
        trials.add(Runs.completed(2, forth, 3));
        Configuration back = session.propose(3, TrialHistory.of(trials)).orElseThrow();
        for (int d = 0; d < 2; d++) {
            double middle = (at(forth)[d] + at(back)[d]) / 2;
            assertThat(middle).isCloseTo(at(PLANE.defaults())[d], within(1e-9));
        }
        assertThat(Math.hypot(at(forth)[0] - 0.4, at(forth)[1] - 0.5)).isBetween(0.01, 0.5);
    }

    @Test
    void movesToABetterTrialAndGoesOnFromThere() {
        Configuration better = PLANE.parse("{\"x\":0.8,\"y\":0.2}");
        List<Trial> trials = List.of(Runs.completed(0, PLANE.defaults(), 1), Runs.completed(1, better, 0.5));
        double[] next = at(new LocalSearchOptimizer()
                .open(PLANE, 9)
                .propose(2, TrialHistory.of(trials))
                .orElseThrow());
        assertThat(Math.hypot(next[0] - 0.8, next[1] - 0.2)).isLessThan(0.2);
    }

    /** Steps from the centre shrink while nothing gets better, and grow again with a new beginning elsewhere. */
    @Test
    void stepsShrinkAfterFailuresUntilItBeginsAnew() {
        OptimizerSession session = new LocalSearchOptimizer().open(PLANE, 9);
        List<Trial> trials = new ArrayList<>(List.of(Runs.completed(0, PLANE.defaults(), 0)));
        List<Double> lengths = new ArrayList<>();
        for (int number = 1; number < 120; number++) {
            Configuration next =
                    session.propose(number, TrialHistory.of(trials)).orElseThrow();
            lengths.add(Math.hypot(at(next)[0] - 0.4, at(next)[1] - 0.5));
            trials.add(Trial.running(number, next).withOutcome(new TrialOutcome.Failed("made to fail", 1)));
        }
        double shortest =
                lengths.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        int when = lengths.indexOf(shortest);
        assertThat(shortest).isLessThan(0.05 * lengths.get(0));
        assertThat(lengths.subList(when, lengths.size()))
                .as("after it was at its shortest")
                .anyMatch(length -> length > 5 * shortest);
    }
}
