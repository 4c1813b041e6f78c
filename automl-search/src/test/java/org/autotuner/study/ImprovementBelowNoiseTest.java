package org.autotuner.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.junit.jupiter.api.Test;

class ImprovementBelowNoiseTest {

    private static final IntParameter ID = Parameter.ints("id", 0, 100_000);

    private static Trial completed(int number, int id, double value) {
        return Trial.running(number, Configuration.builder().set(ID, id).build())
                .withOutcome(new TrialOutcome.Completed(value, 1));
    }

    private static TrialHistory values(int count, DoubleUnaryOperator value) {
        return TrialHistory.of(IntStream.range(0, count)
                .mapToObj(i -> completed(i, i, value.applyAsDouble(i)))
                .toList());
    }

    /** Random points of the cube of -1..1, value: squared distance from its middle, so that the minimum is 0. */
    private static TrialHistory bowl(int trials, int dimensions, SplittableRandom random) {
        return values(
                trials, i -> random.doubles(dimensions, -1, 1).map(x -> x * x).sum());
    }

    @Test
    void theBoundHoldsAsOftenAsItSaysOnRandomPointsOfABowl() {
        for (int dimensions : new int[] {1, 2, 4}) {
            ImprovementBelowNoise rule = ImprovementBelowNoise.of(dimensions, 1);
            int held = 0;
            double sum = 0;
            int runs = 600;
            for (int run = 0; run < runs; run++) {
                TrialHistory history = bowl(200, dimensions, new SplittableRandom(1_000 * dimensions + run));
                double bound = rule.possibleGain(history).orElseThrow();
                double gain = history.best().flatMap(Trial::value).orElseThrow();
                held += gain <= bound ? 1 : 0;
                sum += gain / bound;
            }
            // of 600 runs at 0.95: standard deviation 5.3 runs; four of them are 0.036
            assertThat(held / (double) runs).as("%d dimensions", dimensions).isBetween(0.914, 0.986);
            assertThat(sum / runs).as("the bound is no excuse never to stop").isGreaterThan(0.1);
        }
    }

    @Test
    void theBoundIsThatOfTheFormula() {
        // n = 50, k = 5: values 0, 1, ..., 4 and q = 1 - 0.05^(1/4) for d = 2
        double q = 1 - Math.pow(0.05, 0.25);
        OptionalDouble gain = ImprovementBelowNoise.of(2, 1).possibleGain(values(50, i -> 49 - i));
        assertThat(gain.orElseThrow()).isCloseTo(4 * q / (1 - q), within(1e-12));
    }

    @Test
    void itStopsWhenTheGainIsBelowTheNoise() {
        TrialHistory history = values(100, i -> i * 0.01);
        double gain = ImprovementBelowNoise.of(3, 1).possibleGain(history).orElseThrow();
        assertThat(ImprovementBelowNoise.of(3, gain * 1.01).shouldStop(history)).isTrue();
        assertThat(ImprovementBelowNoise.of(3, gain * 0.99).shouldStop(history)).isFalse();
        assertThat(ImprovementBelowNoise.of(3, 1e9).shouldStop(values(29, i -> i)))
                .as("too few trials")
                .isFalse();
        assertThat(ImprovementBelowNoise.of(3, 1e9).shouldStop(TrialHistory.of(List.of())))
                .isFalse();
    }

    @Test
    void theNoiseOfFoldsIsThatOfTheBestTrialWithTheCorrectionOfNadeauAndBengio() {
        List<Trial> trials = new ArrayList<>(values(40, i -> 5 + i * 1e-6).trials());
        TrialHistory without = TrialHistory.of(trials);
        assertThat(ImprovementBelowNoise.ofFolds(1).shouldStop(without))
                .as("no folds, no noise known")
                .isFalse();
        Trial best = Trial.running(40, Configuration.builder().set(ID, 40).build())
                .withReport(new Trial.Report(1, 4))
                .withReport(new Trial.Report(2, 5))
                .withReport(new Trial.Report(3, 5.5));
        trials.add(best.withOutcome(new TrialOutcome.Completed(4.9, 1)));
        TrialHistory history = TrialHistory.of(trials);
        // variance of 4, 5, 5.5 is 7/12; 1/3 + 1/2 = 5/6
        assertThat(ImprovementBelowNoise.ofFolds(1).noise().apply(history).orElseThrow())
                .isCloseTo(Math.sqrt(5.0 / 6 * 7 / 12), within(1e-12));
        assertThat(ImprovementBelowNoise.ofFolds(1).shouldStop(history)).isTrue();
    }

    @Test
    void theNoiseOfRepeatsIsPooledAndRepeatsCountOnce() {
        List<Trial> trials = new ArrayList<>(values(40, i -> i).trials());
        trials.add(completed(40, 0, 2));
        trials.add(completed(41, 7, 8));
        trials.add(completed(42, 7, 9));
        TrialHistory history = TrialHistory.of(trials);
        // of 0, 2: squares 2, one degree of freedom; of 7, 8, 9: squares 2, two degrees
        assertThat(ImprovementBelowNoise.ofRepeats(1).noise().apply(history).orElseThrow())
                .isCloseTo(Math.sqrt(4.0 / 3), within(1e-12));
        assertThat(ImprovementBelowNoise.ofRepeats(1).noise().apply(values(40, i -> i)))
                .isEmpty();
    }

    @Test
    void failedTrialsAndInfiniteValuesCountForNothing() {
        List<Trial> trials = new ArrayList<>(values(40, i -> i).trials());
        OptionalDouble gain = ImprovementBelowNoise.of(2, 1).possibleGain(TrialHistory.of(trials));
        trials.add(completed(40, 40, Double.POSITIVE_INFINITY));
        trials.add(Trial.running(41, Configuration.empty()).withOutcome(new TrialOutcome.Failed("made to fail", 1)));
        assertThat(ImprovementBelowNoise.of(2, 1).possibleGain(TrialHistory.of(trials)))
                .isEqualTo(gain);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> ImprovementBelowNoise.of(0, 1)).hasMessageContaining("dimensions");
        assertThatThrownBy(() -> ImprovementBelowNoise.of(1, 0)).hasMessageContaining("noise");
    }
}
