package org.autotuner.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.space.Configuration;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.junit.jupiter.api.Test;

class RulePrunersTest {

    private static final TrialHistory NOBODY = TrialHistory.of(List.of());

    private static Trial running(int number, double... values) {
        Trial trial = Trial.running(number, Configuration.empty());
        for (int i = 0; i < values.length; i++) {
            trial = trial.withReport(new Trial.Report(i + 1, values[i]));
        }
        return trial;
    }

    /** Trials that reported their own number. */
    private static TrialHistory numbered(int count) {
        return TrialHistory.of(
                IntStream.range(0, count).mapToObj(i -> running(i, i, i)).toList());
    }

    @Test
    void thePercentileIsInterpolatedAsNumpyDoes() {
        // numpy.percentile([0, 1, 2, 3, 4, 5], 25) = 1.25
        PercentilePruner quarter = new PercentilePruner(25, 5, 0);
        assertThat(quarter.shouldPrune(running(9, 1.25), numbered(6))).isFalse();
        assertThat(quarter.shouldPrune(running(9, 1.26), numbered(6))).isTrue();
        assertThat(quarter.shouldPrune(running(9, 1.26), numbered(4)))
                .as("too few others")
                .isFalse();
        assertThat(new PercentilePruner(25, 5, 2).shouldPrune(running(9, 4), numbered(6)))
                .as("warm-up")
                .isFalse();
        assertThat(new PercentilePruner(100, 1, 0).shouldPrune(running(9, 5), numbered(6)))
                .isFalse();
        assertThat(new PercentilePruner(100, 1, 0).shouldPrune(running(9, 5.1), numbered(6)))
                .isTrue();
    }

    @Test
    void infiniteValuesOfOthersLeaveThePercentileANumber() {
        double infinite = Double.POSITIVE_INFINITY;
        TrialHistory history = TrialHistory.of(List.of(
                running(0, 1), running(1, 2), running(2, infinite), running(3, infinite), running(4, Double.NaN)));
        assertThat(new MedianPruner(5, 0).shouldPrune(running(9, 1e300), history))
                .isFalse();
        assertThat(new PercentilePruner(25, 5, 0).shouldPrune(running(9, 2.5), history))
                .isTrue();
        assertThat(new PercentilePruner(30, 5, 0).shouldPrune(running(9, 1e300), history))
                .as("between 2 and infinite")
                .isFalse();
    }

    @Test
    void patienceCountsReportsWithoutImprovement() {
        PatiencePruner pruner = new PatiencePruner(3, 0.5);
        assertThat(pruner.shouldPrune(running(0, 5, 5, 5), NOBODY)).isFalse();
        assertThat(pruner.shouldPrune(running(0, 5, 5, 5, 5), NOBODY)).isTrue();
        assertThat(pruner.shouldPrune(running(0, 5, 4.6, 4.6, 4.6), NOBODY))
                .as("4.6 is too small a gain")
                .isTrue();
        assertThat(pruner.shouldPrune(running(0, 5, 4.4, 4.4, 4.4), NOBODY)).isFalse();
        assertThat(pruner.shouldPrune(running(0, Double.NaN, Double.NaN, Double.POSITIVE_INFINITY), NOBODY))
                .isTrue();
        Trial gaps = running(0, 5).withReport(new Trial.Report(100, 5)).withReport(new Trial.Report(1_000, 5));
        assertThat(pruner.shouldPrune(gaps, NOBODY))
                .as("reports count, not steps")
                .isFalse();
    }

    @Test
    void theThresholdEndsWhatIsOutOfBoundsOrNoNumber() {
        ThresholdPruner pruner = new ThresholdPruner(0, 10, 2);
        assertThat(pruner.shouldPrune(running(0, 11), NOBODY)).as("warm-up").isFalse();
        assertThat(pruner.shouldPrune(running(0, 1, 11), NOBODY)).isTrue();
        assertThat(pruner.shouldPrune(running(0, 1, -0.1), NOBODY)).isTrue();
        assertThat(pruner.shouldPrune(running(0, 11, 10), NOBODY))
                .as("the last one counts")
                .isFalse();
        assertThat(new ThresholdPruner().shouldPrune(running(0, 1e308), NOBODY)).isFalse();
        assertThat(new ThresholdPruner().shouldPrune(running(0, Double.NaN), NOBODY))
                .isTrue();
        assertThat(new ThresholdPruner().shouldPrune(running(0, Double.NEGATIVE_INFINITY), NOBODY))
                .isTrue();
        assertThat(new ThresholdPruner(3).shouldPrune(running(0, 3.5), NOBODY)).isTrue();
    }

    @Test
    void forgivenessIsMeasuredByFoldsAlsoWhereMeansAreReported() {
        // folds 1, 2, 3 reported as running means 1, 1.5, 2: the worst fold is 3
        TrialHistory history =
                TrialHistory.of(List.of(running(0, 1, 1.5, 2).withOutcome(new TrialOutcome.Completed(2, 1))));
        ForgivingCrossValidationPruner means = new ForgivingCrossValidationPruner(true);
        assertThat(means.shouldPrune(running(1, 2.9), history)).isFalse();
        assertThat(means.shouldPrune(running(1, 3.1), history)).isTrue();
        assertThat(means.shouldPrune(running(1, 4, 2.9), history)).isFalse();
        assertThat(new ForgivingCrossValidationPruner().shouldPrune(running(1, 2.1), history))
                .as("read as folds the worst is 2")
                .isTrue();
        assertThat(new ForgivingCrossValidationPruner().forRunningMeans()).isEqualTo(means);
        assertThat(new ThresholdPruner(3).forRunningMeans()).isEqualTo(new ThresholdPruner(3));
    }

    /** Its mean of the first fold was lower than all that the others ever had, that of two folds is higher. */
    @Test
    void ofRunningMeansTheLastCounts() {
        TrialHistory history = TrialHistory.of(IntStream.range(0, 12)
                .mapToObj(i -> running(i, 1, 2 + 0.01 * i).withOutcome(new TrialOutcome.Completed(2, 1)))
                .toList());
        HyperbandPruner hyperband = new HyperbandPruner(2, 2, 4);
        int number = IntStream.range(12, 100)
                .filter(n -> hyperband.bracket(n, 4) == 1)
                .findFirst()
                .orElseThrow();
        for (Pruner pruner : List.of(
                new MedianPruner(),
                new PercentilePruner(),
                new SuccessiveHalving(2, 2),
                new AshaPruner(2, 2),
                hyperband)) {
            Trial lucky = running(number, 0.9, 3);
            assertThat(pruner.shouldPrune(lucky, history)).as(pruner.name()).isFalse();
            assertThat(pruner.forRunningMeans().shouldPrune(lucky, history))
                    .as("%s of running means", pruner.name())
                    .isTrue();
            assertThat(pruner.forRunningMeans().shouldPrune(running(number, 1.1, 1.9), history))
                    .as("%s, better after two folds", pruner.name())
                    .isFalse();
        }
    }

    @Test
    void forgivenessComparesWithTheBestTrialThatReported() {
        TrialHistory history = TrialHistory.of(List.of(
                running(0).withOutcome(new TrialOutcome.Completed(0, 1)),
                running(1, 1, 3).withOutcome(new TrialOutcome.Completed(2, 1))));
        assertThat(new ForgivingCrossValidationPruner().shouldPrune(running(2, 3.1), history))
                .isTrue();
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new PercentilePruner(0, 1, 0)).hasMessageContaining("percent");
        assertThatThrownBy(() -> new PatiencePruner(0)).hasMessageContaining("patience");
        assertThatThrownBy(() -> new ThresholdPruner(2, 1, 0)).hasMessageContaining("lower");
    }
}
