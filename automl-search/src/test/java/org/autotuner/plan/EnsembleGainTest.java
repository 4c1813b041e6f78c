package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.autotuner.execute.StudyData;
import org.autotuner.predict.Predictions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnsembleGainTest {

    private static final List<String> FAMILIES = List.of("repeating", "various");

    private static EnsembleGain gains(StudyData data, boolean isTimed) {
        EvaluationRows rows = EvaluationRows.of(data.folds(), data.target().size(), 1);
        return new EnsembleGain(new RunningBlend(data, rows), isTimed);
    }

    private static FinishedTrial trial(int number, String family, Predictions outOfFold) {
        return Trials.of(number, family, 0.5, outOfFold, 1);
    }

    /** Odd numbers: a family whose every trial errs elsewhere; even ones: a family that says the same each time. */
    private static void end(EnsembleGain gains, StudyData data, int number) {
        if (number % 5 == 0) {
            gains.endedWithout(number, FAMILIES.get(number % 2), 1);
        } else if (number % 2 == 1) {
            gains.finished(trial(number, "various", RunningBlendTest.noisy(data, 1, number)));
        } else {
            gains.finished(trial(number, "repeating", RunningBlendTest.noisy(data, 1, 1)));
        }
    }

    private static List<String> drawn(FamilyGains gains) {
        List<String> drawn = new ArrayList<>();
        for (int draw = 0; draw < 500; draw++) {
            drawn.add(gains.draw(FAMILIES, new SplittableRandom(draw)));
        }
        return drawn;
    }

    @ParameterizedTest
    @ValueSource(strings = {"regression", "binary", "multiclass"})
    void aFamilyWhoseTrialsImproveTheBlendGetsMoreThanOneThatRepeats(String kind) {
        StudyData data = RunningBlendTest.study(kind, 400);
        EnsembleGain gains = gains(data, false);
        for (int number = 1; number <= 14; number++) {
            end(gains, data, number);
        }
        List<String> drawn = drawn(gains.upTo(14));
        assertThat(Collections.frequency(drawn, "various")).isGreaterThan(350);
        assertThat(drawn).contains("repeating");
    }

    @ParameterizedTest
    @ValueSource(strings = {"regression", "binary", "multiclass"})
    void inATrialBudgetTheOrderInWhichTrialsEndDoesNotMatter(String kind) {
        StudyData data = RunningBlendTest.study(kind, 100);
        List<Integer> numbers = new ArrayList<>();
        for (int number = 1; number <= 14; number++) {
            numbers.add(number);
        }
        List<List<String>> expected = drawnAfterEach(data, numbers);
        for (long seed = 0; seed < 10; seed++) {
            Collections.shuffle(numbers, new Random(seed));
            assertThat(drawnAfterEach(data, numbers)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static List<List<String>> drawnAfterEach(StudyData data, List<Integer> order) {
        EnsembleGain gains = gains(data, false);
        order.forEach(number -> end(gains, data, number));
        List<List<String>> drawn = new ArrayList<>();
        for (int number = 1; number <= order.size(); number++) {
            drawn.add(drawn(gains.upTo(number)));
        }
        return drawn;
    }

    @Test
    void trialsBeyondWhatAProposalMayKnowDoNotCount() {
        StudyData data = RunningBlendTest.study("regression", 100);
        EnsembleGain all = gains(data, false);
        EnsembleGain few = gains(data, false);
        for (int number = 1; number <= 14; number++) {
            end(all, data, number);
            if (number <= 6) {
                end(few, data, number);
            }
        }
        assertThat(drawn(all.upTo(6))).isEqualTo(drawn(few.upTo(6)));
        assertThat(drawn(all.upTo(14))).isNotEqualTo(drawn(few.upTo(6)));
    }

    @Test
    void inATimeBudgetTrialsCountAsTheyEnd() {
        StudyData data = RunningBlendTest.study("regression", 400);
        EnsembleGain gains = gains(data, true);
        for (int number = 14; number > 6; number--) {
            end(gains, data, number);
        }
        assertThat(Collections.frequency(drawn(gains.upTo(0)), "various")).isGreaterThan(350);
    }

    @Test
    void trialsWithoutACandidateAreTriesWithoutAGain() {
        StudyData data = RunningBlendTest.study("regression", 100);
        EnsembleGain gains = gains(data, false);
        for (int number = 1; number <= 10; number++) {
            gains.endedWithout(number, "repeating", 1);
        }
        List<String> drawn = drawn(gains.upTo(10));
        assertThat(Collections.frequency(drawn, "various")).isGreaterThan(250);
    }

    @Test
    void aTrialThatHasNotEndedHoldsUpTheLaterOnes() {
        StudyData data = RunningBlendTest.study("regression", 100);
        EnsembleGain gains = gains(data, false);
        end(gains, data, 1);
        end(gains, data, 3);
        assertThat(gains.isEndedUpTo(1)).isTrue();
        assertThat(gains.isEndedUpTo(3)).isFalse();
        end(gains, data, 2);
        assertThat(gains.isEndedUpTo(3)).isTrue();
        gains.upTo(2);
        assertThat(gains.isEndedUpTo(3)).isTrue();
        assertThat(gains.isEndedUpTo(4)).isFalse();
    }
}
