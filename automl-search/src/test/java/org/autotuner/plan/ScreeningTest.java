package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The best trial has errors 0.5 and 0.6; the prior has 1.0: what can be gained on the first fold is 0.5. */
class ScreeningTest {

    private static final List<FinishedTrial> KNOWN = List.of(Trials.of(1, "known", 0.5, 0.6));

    @Test
    void withoutAnyFinishedTrialEveryTrialGoesOn() {
        assertThat(Screening.goesOn("a", List.of(9.0), 1, List.of())).isTrue();
    }

    @Test
    void theFirstTrialOfAFamilyMayBeFarFromTheBest() {
        assertThat(Screening.goesOn("new", List.of(0.79), 1, KNOWN)).isTrue();
        assertThat(Screening.goesOn("new", List.of(0.81), 1, KNOWN)).isFalse();
    }

    @Test
    void laterTrialsMustBeNearTheBest() {
        assertThat(Screening.goesOn("known", List.of(0.55), 1, KNOWN)).isTrue();
        assertThat(Screening.goesOn("known", List.of(0.57), 1, KNOWN)).isFalse();
    }

    @Test
    void aTrialBetterThanTheBestGoesOnWhereNothingIsBetterThanThePrior() {
        assertThat(Screening.goesOn("known", List.of(0.4), 0.45, KNOWN)).isTrue();
    }

    @Test
    void afterMoreFoldsTheMeanMustBeatTheBestTrialsWorstFold() {
        assertThat(Screening.goesOn("known", List.of(0.55, 0.64), 1, KNOWN)).isTrue();
        assertThat(Screening.goesOn("known", List.of(0.55, 0.75), 1, KNOWN)).isFalse();
    }

    @Test
    void aFirstTrialThatPassedTheFirstFoldIsCompleted() {
        assertThat(Screening.goesOn("new", List.of(0.7, 0.99), 1, KNOWN)).isTrue();
    }

    @Test
    void anUndefinedErrorDoesNotGoOn() {
        assertThat(Screening.goesOn("known", List.of(Double.NaN), 1, KNOWN)).isFalse();
    }
}
