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

class LeaderStepsTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            Parameter.ints("group", 0, 9_999_999),
            Parameter.reals("x", 0, 1),
            Parameter.choice("kind", "a", "b").when("b", SearchSpace.of(Parameter.reals("y", 0, 1))));

    private static Configuration of(int group, double x) {
        return SPACE.parse("{\"group\":%d,\"x\":%s,\"kind\":\"a\"}".formatted(group, x));
    }

    private static List<double[]> steps(List<Trial> trials) {
        Encoding encoding = new Encoding(SPACE);
        Observations observations = new Observations(encoding);
        observations.learn(TrialHistory.of(trials));
        LeaderSteps steps = new LeaderSteps(encoding, 1);
        List<double[]> made = new ArrayList<>();
        for (int number = 100; number < 600; number++) {
            made.add(steps.propose(number, observations));
        }
        return made;
    }

    @Test
    void everyStepBeginsAtOneOfTheBestTrials() {
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            trials.add(Runs.completed(number, of(500_000 * number, 0.05 * number), 20 - number));
        }
        Encoding encoding = new Encoding(SPACE);
        List<double[]> leaders = java.util.stream.IntStream.of(19, 18, 17)
                .mapToObj(number -> encoding.encode(trials.get(number).configuration()))
                .toList();
        long[] kept = new long[3];
        for (double[] step : steps(trials)) {
            for (int i = 0; i < 3; i++) {
                boolean keepsOne = step[0] == leaders.get(i)[0] || step[1] == leaders.get(i)[1];
                kept[i] += keepsOne ? 1 : 0;
            }
        }
        assertThat(kept[0]).isGreaterThan(kept[1]);
        assertThat(kept[1]).isPositive();
        assertThat(kept[2]).isPositive();
        assertThat(kept[0] + kept[1] + kept[2]).isBetween(370L, 470L); // the others of 500 move both
    }

    @Test
    void stepsAreShortAndInTheRange() {
        List<double[]> made = steps(List.of(Runs.completed(0, of(5_000_000, 0.5), 1)));
        double[] lengths =
                made.stream().mapToDouble(step -> Math.abs(step[1] - 0.5)).toArray();
        assertThat(java.util.Arrays.stream(lengths).average().orElseThrow()).isBetween(0.01, 0.15);
        for (double[] step : made) {
            assertThat(step[1]).isBetween(0.0, 1.0);
            assertThat(step[2]).as("a branch without a trial is not entered").isLessThan(0.5);
            assertThat(step[3]).isNaN();
        }
    }

    @Test
    void theNextBestBranchGetsHalfAsManySteps() {
        Configuration other = SPACE.parse("{\"group\":9000000,\"x\":0.9,\"kind\":\"b\",\"y\":0.5}");
        List<Trial> trials = List.of(
                Runs.completed(0, of(1_000_000, 0.1), 1),
                Runs.completed(1, of(1_100_000, 0.11), 2),
                Runs.completed(2, of(1_200_000, 0.12), 3),
                Runs.completed(3, of(1_300_000, 0.13), 4),
                Runs.completed(4, other, 5));
        List<double[]> inOther =
                steps(trials).stream().filter(step -> step[2] > 0.5).toList();
        // of 500 steps: 6 standard deviations around half
        assertThat(inOther.size()).isBetween(183, 317);
        assertThat(inOther).allSatisfy(step -> {
            assertThat(step[0]).isGreaterThan(0.2);
            assertThat(step[3]).isBetween(0.0, 1.0);
        });
    }

    @Test
    void aLeaderItselfIsNotProposedAgain() {
        List<Trial> trials = List.of(Runs.completed(0, of(5_000_000, 0.5), 1));
        double[] leader = new Encoding(SPACE).encode(trials.get(0).configuration());
        assertThat(steps(trials)).noneMatch(step -> java.util.Arrays.equals(step, leader));
    }
}
