package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

class SurrogateTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            Parameter.reals("x", 0, 1),
            Parameter.choice("kind", "a", "b").when("b", SearchSpace.of(Parameter.reals("y", 0, 1))));

    private static double loss(double[] vector) {
        double y = Double.isNaN(vector[2]) ? 0.2 : (vector[2] - 0.7) * (vector[2] - 0.7);
        return Math.exp(3 * ((vector[0] - 0.4) * (vector[0] - 0.4) + y));
    }

    private static List<Trial> trials(int count) {
        Encoding encoding = new Encoding(SPACE);
        SplittableRandom random = new SplittableRandom(4);
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Configuration drawn = SPACE.sample(random);
            trials.add(Runs.completed(number, drawn, loss(encoding.encode(drawn))));
        }
        return trials;
    }

    private final Encoding encoding = new Encoding(SPACE);
    private final Observations observations = new Observations(encoding);

    private void learn(Surrogate surrogate) {
        Failures failures = new Failures(encoding);
        failures.learn(observations);
        surrogate.learn(observations, failures);
    }

    private Surrogate learned(List<Trial> trials) {
        observations.learn(TrialHistory.of(trials));
        Surrogate surrogate = new Surrogate(encoding);
        learn(surrogate);
        return surrogate;
    }

    private static double[] predicted(Surrogate surrogate, double... at) {
        double[] moments = new double[2];
        surrogate.process().predict(at, moments);
        return moments;
    }

    @Test
    void predictsTheOrderOfNewTrials() {
        Surrogate surrogate = learned(trials(50));
        SplittableRandom random = new SplittableRandom(9);
        int right = 0;
        for (int i = 0; i < 200; i++) {
            double[] one = encoding.encode(SPACE.sample(random));
            double[] other = encoding.encode(SPACE.sample(random));
            double difference =
                    predicted(surrogate, Covariance.filled(one))[0] - predicted(surrogate, Covariance.filled(other))[0];
            right += (loss(one) < loss(other)) == (difference < 0) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(185);
        assertThat(surrogate.incumbent())
                .isEqualTo(java.util.Arrays.stream(surrogate.means()).min().orElseThrow());
    }

    /** Its parameters are improved at fixed sizes, so it does not matter after which trials it was asked. */
    @Test
    void learningAtEveryTrialEqualsLearningOnce() {
        List<Trial> trials = trials(40);
        Surrogate step = new Surrogate(encoding);
        for (int count = 1; count <= trials.size(); count++) {
            observations.learn(TrialHistory.of(trials.subList(0, count)));
            learn(step);
        }
        Surrogate once = new Surrogate(encoding);
        learn(once);
        assertThat(predicted(step, 0.3, 0.75, 0.6)).isEqualTo(predicted(once, 0.3, 0.75, 0.6));
        assertThat(step.incumbent()).isEqualTo(once.incumbent());
    }

    @Test
    void aTrialThatCompletesLateEqualsOneThatDidInTime() {
        List<Trial> trials = trials(40);
        List<Trial> without = new ArrayList<>(trials);
        without.set(3, Trial.running(3, trials.get(3).configuration()));
        without.set(30, Trial.running(30, trials.get(30).configuration()));
        Surrogate late = learned(without);
        observations.learn(TrialHistory.of(trials));
        learn(late);
        Surrogate once = new Surrogate(encoding);
        learn(once);
        assertThat(predicted(late, 0.3, 0.75, 0.6)).isEqualTo(predicted(once, 0.3, 0.75, 0.6));
    }

    @Test
    void aRunningTrialMakesItsPlaceSurerAndFailuresOnlyThereMakeItWorse() {
        List<Trial> trials = trials(15);
        Configuration place = SPACE.parse("{\"x\":0.4,\"kind\":\"b\",\"y\":0.7}");
        double[] at = encoding.encode(place);
        double[] before = predicted(learned(trials), at);
        List<Trial> running = new ArrayList<>(trials);
        running.add(Trial.running(15, place));
        double[] meanwhile = predicted(learned(running), at);
        assertThat(meanwhile[1]).isLessThan(0.9 * before[1]);
        assertThat(meanwhile[0]).isCloseTo(before[0], within(0.1));
        List<Trial> failed = new ArrayList<>(trials);
        failed.add(Trial.running(15, place).withOutcome(new TrialOutcome.Failed("made to fail", 1)));
        assertThat(predicted(learned(failed), at)).containsExactly(before);
        for (int number = 16; number < 24; number++) {
            failed.add(Trial.running(number, place).withOutcome(new TrialOutcome.Failed("made to fail", 1)));
        }
        assertThat(predicted(learned(failed), at)[0]).isGreaterThan(before[0] + 0.2);
    }

    /** Else every trial of those that run at once would promise an improvement where the first one runs. */
    @Test
    void whatARunningTrialIsExpectedToReachCountsAsReached() {
        List<Trial> trials = trials(15);
        double before = learned(trials).incumbent();
        double[] lowest = new double[0];
        double mean = before;
        for (double x = 0; x <= 1; x += 0.01) {
            double[] at = encoding.snap(new double[] {x, 0.9, 0.7});
            double here = predicted(learned(trials), at)[0];
            lowest = here < mean ? at : lowest;
            mean = Math.min(mean, here);
        }
        assertThat(mean).as("there is a better place").isLessThan(before - 1e-3);
        List<Trial> running = new ArrayList<>(trials);
        running.add(Trial.running(15, encoding.decode(lowest)));
        assertThat(learned(running).incumbent()).isCloseTo(mean, within(1e-9));
    }
}
