package org.autotuner.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autotuner.space.Configuration;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

/** The tables of brackets are those of Li and others (JMLR 18, 2018), the order of promotion that of ASHA's algorithm 2. */
class HalvingTest {

    private static Trial at(int number, int[] steps, double value) {
        Trial trial = Trial.running(number, Configuration.empty());
        for (int step : steps) {
            trial = trial.withReport(new Trial.Report(step, value));
        }
        return trial;
    }

    private static Trial paused(int number, int step, double value) {
        return at(number, IntStream.rangeClosed(1, step).toArray(), value)
                .withOutcome(new TrialOutcome.Paused(value, 1));
    }

    private static TrialHistory of(Trial... trials) {
        return TrialHistory.of(List.of(trials));
    }

    @Test
    void aReportAfterTheRungCountsForIt() {
        TrialHistory others = of(at(0, new int[] {5}, 1), at(1, new int[] {2, 7}, 2));
        SuccessiveHalving halving = new SuccessiveHalving(3, 3);
        assertThat(halving.shouldPrune(at(2, new int[] {4}, 0.5), others)).isFalse();
        assertThat(halving.shouldPrune(at(2, new int[] {4}, 1.5), others)).isTrue();
        assertThat(halving.shouldPrune(at(2, new int[] {2}, 1.5), others))
                .as("before the rung")
                .isFalse();
    }

    @Test
    void ashaJudgesARungOnlyWhenAReportReachesIt() {
        AshaPruner asha = new AshaPruner(3, 1);
        TrialHistory others = of(at(0, new int[] {1}, 1), at(1, new int[] {1}, 2));
        assertThat(asha.shouldPrune(at(2, new int[] {1}, 3), others)).isTrue();
        assertThat(asha.shouldPrune(at(2, new int[] {1}, 0.5), others)).isFalse();
        assertThat(asha.shouldPrune(at(2, new int[] {1, 2}, 3), others))
                .as("it has passed rung 1, perhaps after a pause")
                .isFalse();
        assertThat(asha.shouldPrune(at(2, new int[] {0, 2}, 3), others))
                .as("a gap over rung 1")
                .isTrue();
    }

    @Test
    void ashaPromotesAPausedTrialOnceEnoughOthersAreBehindIt() {
        AshaPruner asha = new AshaPruner(3, 1);
        Trial[] first = {paused(0, 1, 1), paused(1, 1, 2), paused(2, 1, 3), paused(3, 1, 4), paused(4, 1, 5)};
        assertThat(asha.promote(of(first))).as("one of five").contains(first[0]);
        List<Trial> next = new ArrayList<>(List.of(first));
        next.set(0, at(0, new int[] {1}, 1));
        assertThat(asha.promote(TrialHistory.of(next))).as("it runs").isEmpty();
        next.add(paused(5, 1, 6));
        assertThat(asha.promote(TrialHistory.of(next))).as("two of six").contains(first[1]);
    }

    @Test
    void ashaPromotesTheHighestRungFirstThenTheLowestValue() {
        AshaPruner asha = new AshaPruner(2, 1);
        Trial high = paused(0, 4, 5);
        TrialHistory history = of(
                high,
                at(1, new int[] {1, 2, 4}, 6),
                paused(2, 1, 1),
                paused(3, 1, 0.5),
                paused(4, 1, 9),
                paused(5, 1, 9));
        assertThat(asha.promote(history)).contains(high);
        List<Trial> later = new ArrayList<>(history.trials());
        later.set(0, high.withOutcome(new TrialOutcome.Completed(5, 1)));
        assertThat(asha.promote(TrialHistory.of(later)).orElseThrow().number()).isEqualTo(3);
    }

    /** Hyper-Tune, section 4.2: |rung| / (|next rung| + 1) must be at least eta. */
    @Test
    void delayedAshaLetsOneOfEtaGoOnHoweverOftenTheBestChanges() {
        DelayedAshaPruner delayed = new DelayedAshaPruner(3, 1);
        List<Trial> trials = new ArrayList<>();
        List<Integer> wentOn = new ArrayList<>();
        for (int number = 0; number < 30; number++) {
            Trial better = at(number, new int[] {1}, 100 - number); // each new trial is the best
            if (delayed.shouldPrune(better, TrialHistory.of(trials))) {
                trials.add(better.withOutcome(new TrialOutcome.Paused(100 - number, 1)));
            } else {
                wentOn.add(number);
                trials.add(better.withReport(new Trial.Report(2, 100 - number))
                        .withOutcome(new TrialOutcome.Completed(100 - number, 1)));
            }
            assertThat(delayed.promote(TrialHistory.of(trials)))
                    .as("the quota is used up as soon as it grows")
                    .isEmpty();
        }
        assertThat(wentOn).containsExactly(0, 5, 8, 11, 14, 17, 20, 23, 26, 29);
    }

    @Test
    void delayedAshaPromotesTheBestPausedTrialWhenTheQuotaGrows() {
        DelayedAshaPruner delayed = new DelayedAshaPruner(3, 1);
        List<Trial> trials = new ArrayList<>(List.of(
                at(0, new int[] {1, 2}, 9).withOutcome(new TrialOutcome.Completed(9, 1)),
                paused(1, 1, 5),
                paused(2, 1, 4),
                paused(3, 1, 6),
                paused(4, 1, 7)));
        assertThat(delayed.promote(TrialHistory.of(trials))).as("one of five").isEmpty();
        assertThat(delayed.shouldPrune(at(5, new int[] {1}, 4.5), TrialHistory.of(trials)))
                .as("one more may go on, but trial 2 is better")
                .isTrue();
        trials.add(paused(5, 1, 4.5));
        assertThat(delayed.promote(TrialHistory.of(trials))).contains(trials.get(2));
        trials.set(2, at(2, new int[] {1}, 4));
        assertThat(delayed.promote(TrialHistory.of(trials))).as("it runs").isEmpty();
    }

    @Test
    void hyperbandDealsTrialsInTheSharesOfThePaper() {
        HyperbandPruner hyperband = new HyperbandPruner(3, 1, 81);
        Map<Integer, Long> dealt = IntStream.range(0, 143 * 64)
                .boxed()
                .collect(Collectors.groupingBy(number -> hyperband.bracket(number, 81), Collectors.counting()));
        long[] expected = {5, 8, 15, 34, 81}; // n of table 1 in the paper, R = 81
        for (int bracket = 0; bracket < expected.length; bracket++) {
            assertThat(dealt.get(bracket) / 64.0)
                    .as("bracket %d", bracket)
                    .isBetween(expected[bracket] - 1.5, expected[bracket] + 1.5);
        }
        assertThat(IntStream.range(0, 32)
                        .map(number -> hyperband.bracket(number, 81))
                        .boxed()
                        .distinct())
                .as("all brackets come early")
                .hasSize(5);
    }

    @Test
    void hyperbandComparesWithinABracketAndBracketZeroEndsNothing() {
        HyperbandPruner hyperband = new HyperbandPruner(3, 1, 9);
        List<Trial> trials = IntStream.range(0, 40)
                .mapToObj(number -> at(number, new int[] {1, 2, 3}, hyperband.bracket(number, 9) == 2 ? 10 : 1))
                .toList();
        for (int number = 40; number < 80; number++) {
            int bracket = hyperband.bracket(number, 9);
            assertThat(hyperband.shouldPrune(at(number, new int[] {1}, 9), TrialHistory.of(trials)))
                    .as("step 1, bracket %d", bracket)
                    .isFalse();
            assertThat(hyperband.shouldPrune(at(number, new int[] {1, 2, 3}, 9), TrialHistory.of(trials)))
                    .as("step 3, bracket %d", bracket)
                    .isEqualTo(bracket == 1);
            assertThat(hyperband.shouldPrune(at(number, new int[] {1, 2, 3}, 11), TrialHistory.of(trials)))
                    .isEqualTo(bracket > 0);
        }
    }

    @Test
    void hyperbandLearnsTheNumberOfStepsFromCompletedTrials() {
        HyperbandPruner auto = new HyperbandPruner();
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            trials.add(at(number, new int[] {1, 2, 3}, 1));
        }
        Trial bad = at(40, new int[] {1}, 5);
        int bracket = auto.bracket(40, 9);
        assertThat(auto.shouldPrune(bad, TrialHistory.of(trials))).isFalse();
        trials.set(0, at(0, new int[] {1, 3, 9}, 1).withOutcome(new TrialOutcome.Completed(1, 1)));
        assertThat(auto.shouldPrune(bad, TrialHistory.of(trials))).isEqualTo(bracket == 2);
        assertThat(new HyperbandPruner(3, 1, 9).shouldPrune(bad, TrialHistory.of(trials)))
                .isEqualTo(bracket == 2);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new AshaPruner(1, 1)).hasMessageContaining("eta");
        assertThatThrownBy(() -> new AshaPruner(3, 0)).hasMessageContaining("first");
        assertThatThrownBy(() -> new DelayedAshaPruner(1, 1)).hasMessageContaining("eta");
        assertThatThrownBy(() -> new HyperbandPruner(3, 5, 4)).hasMessageContaining("max");
    }
}
