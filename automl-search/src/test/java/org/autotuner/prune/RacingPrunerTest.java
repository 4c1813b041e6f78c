package org.autotuner.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.space.Configuration;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

class RacingPrunerTest {

    private static final RacingPruner PRUNER = new RacingPruner();

    private static Trial running(int number, double... folds) {
        Trial trial = Trial.running(number, Configuration.empty());
        for (int i = 0; i < folds.length; i++) {
            trial = trial.withReport(new Trial.Report(i + 1, folds[i]));
        }
        return trial;
    }

    private static Trial completed(int number, double... folds) {
        return running(number, folds)
                .withOutcome(new TrialOutcome.Completed(
                        Arrays.stream(folds).average().orElseThrow(), 1));
    }

    /** Folds that are hard for all: apart by 10, while trials differ by less than 1. */
    private static final Trial BEST = completed(0, 10, 20, 30, 40);

    /** Differs from the best by 1, 3, 1, 3: by 2 with a deviation of sqrt(4 / 3). */
    private static final Trial OTHER = completed(1, 11, 23, 31, 43);

    @Test
    void theLimitIsTheDeviationOfTheFoldsThatAreLeft() {
        TrialHistory history = TrialHistory.of(List.of(BEST, OTHER));
        double first = Math.sqrt(4 / 3.0) * Math.sqrt(3 / 4.0); // one of four folds: 1
        assertThat(PRUNER.shouldPrune(running(2, 10 + first - 1e-9), history)).isFalse();
        assertThat(PRUNER.shouldPrune(running(2, 10 + first + 1e-9), history)).isTrue();
        double third = Math.sqrt(4 / 3.0) * Math.sqrt(1 / 12.0); // three of four folds: 1 / 3
        assertThat(PRUNER.shouldPrune(running(2, 13, 17, 31 - 1e-9), history)).isFalse();
        assertThat(PRUNER.shouldPrune(running(2, 13, 17, 31 + 1e-9), history)).isTrue();
        assertThat(third).isEqualTo(1 / 3.0, within(1e-12));
        assertThat(PRUNER.shouldPrune(running(2, 99, 99, 99, 99), history))
                .as("nothing is left to save")
                .isFalse();
    }

    @Test
    void noDeviationEndsAllThatAreBehind() {
        TrialHistory history = TrialHistory.of(List.of(BEST, OTHER));
        assertThat(new RacingPruner(0).shouldPrune(running(2, 10.001), history)).isTrue();
        assertThat(new RacingPruner(0).shouldPrune(running(2, 10), history)).isFalse();
    }

    /** Such as a share of the columns that takes as many of them. */
    @Test
    void whatDoesTheVerySameAsTheBestIsEnded() {
        TrialHistory history = TrialHistory.of(List.of(BEST, OTHER));
        assertThat(PRUNER.shouldPrune(running(2, 10), history))
                .as("one fold may be equal by chance")
                .isFalse();
        assertThat(PRUNER.shouldPrune(running(2, 10, 20), history)).isTrue();
        assertThat(PRUNER.shouldPrune(running(2, 10, 19.9), history)).isFalse();
    }

    /** Without another one the folds of the best themselves say how much a fold may differ. */
    @Test
    void oneCompletedTrialIsEnough() {
        TrialHistory history = TrialHistory.of(List.of(BEST));
        double limit = Math.sqrt(500 / 3.0) * Math.sqrt(3 / 4.0);
        assertThat(PRUNER.shouldPrune(running(2, 10 + limit - 1e-9), history)).isFalse();
        assertThat(PRUNER.shouldPrune(running(2, 10 + limit + 1e-9), history)).isTrue();
        assertThat(PRUNER.shouldPrune(running(2, 99), TrialHistory.of(List.of())))
                .as("nothing to race against")
                .isFalse();
    }

    /** One of six that stand at the limit overtakes, whatever the number of folds that are left. */
    @Test
    void aTrialAtTheLimitWouldOvertakeAsOftenAsPromised() {
        SplittableRandom random = new SplittableRandom(4);
        int folds = 8;
        for (int done : new int[] {1, 3, 6}) {
            double lead = Math.sqrt((folds - done) / (double) (done * folds));
            int overtaken = 0;
            int draws = 20_000;
            for (int i = 0; i < draws; i++) {
                double mean = lead + random.nextGaussian() / Math.sqrt(done); // what the folds so far leave open
                double sum = lead * done;
                for (int fold = done; fold < folds; fold++) {
                    sum += mean + random.nextGaussian();
                }
                overtaken += sum < 0 ? 1 : 0;
            }
            // 0.1587; five deviations of the count
            assertThat(overtaken / (double) draws).isEqualTo(0.1587, within(0.013));
        }
    }

    @Test
    void runningMeansAreTurnedIntoFolds() {
        Trial best = running(0, 10, 15, 20, 25).withOutcome(new TrialOutcome.Completed(25, 1));
        Trial other = running(1, 11, 17, 65 / 3.0, 27).withOutcome(new TrialOutcome.Completed(27, 1));
        TrialHistory history = TrialHistory.of(List.of(best, other));
        RacingPruner means = PRUNER.forRunningMeans();
        assertThat(means.shouldPrune(running(2, 10.999), history)).isFalse();
        assertThat(means.shouldPrune(running(2, 11.001), history)).isTrue();
        assertThat(means.shouldPrune(running(2, 13, 15, 20.33), history)).isFalse();
        assertThat(means.shouldPrune(running(2, 13, 15, 20.34), history)).isTrue();
    }

    @Test
    void whatIsNoNumberIsEnded() {
        TrialHistory history = TrialHistory.of(List.of(BEST, OTHER));
        assertThat(PRUNER.shouldPrune(running(2, Double.NaN), history)).isTrue();
        assertThat(PRUNER.shouldPrune(running(2, 10, Double.POSITIVE_INFINITY), history))
                .isTrue();
        assertThatThrownBy(() -> new RacingPruner(-1)).hasMessageContaining("deviations");
        assertThatThrownBy(() -> new RacingPruner(Double.NaN)).hasMessageContaining("deviations");
    }
}
