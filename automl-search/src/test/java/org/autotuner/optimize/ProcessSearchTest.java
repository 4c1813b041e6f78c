package org.autotuner.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.optimize.ProcessSearch.Aim;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.junit.jupiter.api.Test;

class ProcessSearchTest {

    private static final Encoding PLANE =
            new Encoding(SearchSpace.of(Parameter.reals("x", 0, 1), Parameter.reals("y", 0, 1)));

    private static double bowl(double[] at) {
        return (at[0] - 0.3) * (at[0] - 0.3) + (at[1] - 0.6) * (at[1] - 0.6);
    }

    private static List<Trial> trials(int count, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            double[] at = random.doubles(2).toArray();
            trials.add(Runs.completed(number, PLANE.decode(at), bowl(at) + noise * random.nextGaussian()));
        }
        return trials;
    }

    private static Observations observed(List<Trial> trials) {
        Observations observations = new Observations(PLANE);
        observations.learn(TrialHistory.of(trials));
        return observations;
    }

    private static ProcessSearch learned(Observations observations) {
        ProcessSearch search = new ProcessSearch(PLANE, new Untried(PLANE, 1), Double.POSITIVE_INFINITY);
        assertThat(search.isReady(observations)).isTrue();
        search.learn(observations);
        return search;
    }

    private static double[] proposed(List<Trial> trials, Aim aim) {
        Observations observations = observed(trials);
        double[] found = learned(observations).propose(aim, observations, new SplittableRandom(1));
        assertThat(found).isNotNull();
        return found;
    }

    @Test
    void isReadyOnceEnoughTrialsCompleted() {
        ProcessSearch search = new ProcessSearch(PLANE, new Untried(PLANE, 1), Double.POSITIVE_INFINITY);
        assertThat(search.isReady(observed(trials(2, 0, 1)))).isFalse();
        assertThat(search.isReady(observed(trials(ProcessSearch.START, 0, 1)))).isTrue();
    }

    @Test
    void noticesNoise() {
        assertThat(learned(observed(trials(40, 0, 1))).isNoisy()).isFalse();
        assertThat(learned(observed(trials(40, 0.2, 1))).isNoisy()).isTrue();
    }

    @Test
    void theLeaderIsTheLowestMean() {
        for (long seed = 0; seed < 5; seed++) {
            double[] leader = proposed(trials(40, 0.05, seed), Aim.LEADER);
            assertThat(bowl(leader)).as("seed %d", seed).isLessThan(0.03);
        }
    }

    /** While a trial runs there the mean is as before, but the next one goes where improvement is expected. */
    @Test
    void aLeaderIsNotMeasuredTwiceAtOnce() {
        int same = 0;
        for (long seed = 0; seed < 10; seed++) {
            List<Trial> trials = trials(24, 0.05, seed);
            double[] leader = proposed(trials, Aim.LEADER);
            trials.add(Trial.running(24, PLANE.decode(leader)));
            same += Acquisition.distance(leader, proposed(trials, Aim.LEADER)) < 1e-4 ? 1 : 0;
        }
        assertThat(same).isLessThan(5);
    }

    @Test
    void nearbyLiesInTheTrustRegion() {
        for (long seed = 0; seed < 5; seed++) {
            List<Trial> trials = trials(12, 0, seed);
            double[] low = new double[2];
            double[] high = new double[2];
            Observations observations = observed(trials);
            Surrogate surrogate = new Surrogate(PLANE);
            surrogate.learn(observations, new Failures(PLANE));
            TrustRegion.of(observations.completed(), ProcessSearch.START, 2)
                    .bounds(surrogate.process().covariance(), low, high);
            double[] found = proposed(trials, Aim.NEARBY);
            for (int d = 0; d < 2; d++) {
                assertThat(found[d]).isBetween(low[d], high[d]);
            }
        }
    }
}
