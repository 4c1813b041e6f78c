package org.autotuner.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.error.OptionException;
import org.autotuner.space.Configuration;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

class PrunersTest {

    private static Trial running(int number, double... values) {
        Trial trial = Trial.running(number, Configuration.empty());
        for (int i = 0; i < values.length; i++) {
            trial = trial.withReport(new Trial.Report(i + 1, values[i]));
        }
        return trial;
    }

    private static Trial completed(int number, double value, double... reports) {
        return running(number, reports).withOutcome(new TrialOutcome.Completed(value, 1));
    }

    /** Trials 0 to count - 1 that reported their own number at steps 1 to 3. */
    private static TrialHistory numbered(int count) {
        return TrialHistory.of(IntStream.range(0, count)
                .mapToObj(i -> completed(i, i, i, i, i))
                .toList());
    }

    @Test
    void theMedianPrunerEndsTrialsAboveTheMedianOnly() {
        MedianPruner pruner = new MedianPruner(5, 2);
        assertThat(pruner.shouldPrune(running(9, 3, 2.1), numbered(5))).isTrue();
        assertThat(pruner.shouldPrune(running(9, 3, 2.0), numbered(5))).isFalse();
        assertThat(pruner.shouldPrune(running(9, 1, 9.0), numbered(5)))
                .as("its lowest value counts")
                .isFalse();
        assertThat(pruner.shouldPrune(running(9, 9.0), numbered(5)))
                .as("warm-up")
                .isFalse();
        assertThat(pruner.shouldPrune(running(9, 9, 9), numbered(4)))
                .as("too few others")
                .isFalse();
    }

    @Test
    void forgivingCrossValidationAllowsWhatTheWorstFoldOfTheBestTrialWas() {
        TrialHistory history = TrialHistory.of(List.of(completed(0, 2, 1, 2, 3), completed(1, 5, 5, 5, 5)));
        ForgivingCrossValidationPruner pruner = new ForgivingCrossValidationPruner();
        assertThat(pruner.shouldPrune(running(2, 3), history)).isFalse();
        assertThat(pruner.shouldPrune(running(2, 3.1), history)).isTrue();
        assertThat(pruner.shouldPrune(running(2, 1, 4.9), history))
                .as("the mean is 2.95")
                .isFalse();
        assertThat(pruner.shouldPrune(running(2, 2, 4.1), history)).isTrue();
    }

    @Test
    void successiveHalvingLetsOneOfEtaPassARung() {
        SuccessiveHalving pruner = new SuccessiveHalving(3, 2);
        assertThat(pruner.shouldPrune(running(9, 8, 8), numbered(1)))
                .as("two at the rung")
                .isFalse();
        assertThat(pruner.shouldPrune(running(9, 8, 8), numbered(2))).isTrue();
        assertThat(pruner.shouldPrune(running(9, 8), numbered(8)))
                .as("before the first rung")
                .isFalse();
        assertThat(pruner.shouldPrune(running(9, 2, 1.5), numbered(8)))
                .as("third of nine")
                .isFalse();
        assertThat(pruner.shouldPrune(running(9, 3, 2.5), numbered(8)))
                .as("fourth of nine")
                .isTrue();
    }

    @Test
    void settingsThatMakeNoSenseAndUnknownNamesAreRefused() {
        assertThatThrownBy(() -> new SuccessiveHalving(1)).hasMessageContaining("eta");
        assertThatThrownBy(() -> new MedianPruner(0, 0)).hasMessageContaining("startupTrials");
        assertThatThrownBy(() -> Pruners.byName("mean"))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("median");
    }
}
