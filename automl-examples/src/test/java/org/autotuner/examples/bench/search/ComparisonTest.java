package org.autotuner.examples.bench.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void theMedianIsTheMiddle() {
        assertThat(Median.of(List.of(5.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Median.of(List.of(5.0, 1.0, 2.0, 4.0))).isEqualTo(3);
        assertThat(Median.of(List.of(Double.NaN, 1.0, 2.0))).isEqualTo(2);
    }

    @Test
    void theRatioToRandomIsCappedAtTwo() {
        assertThat(Comparison.normalised(List.of(1.0, 3.0, 2.0), List.of(4.0, 8.0, 9.0)))
                .isEqualTo(0.25);
        assertThat(Comparison.normalised(List.of(9.0), List.of(1.0))).isEqualTo(2);
        assertThat(Comparison.normalised(List.of(Double.NaN), List.of(1.0))).isEqualTo(2);
    }

    @Test
    void whereRandomFindsTheOptimumOnlyTheOptimumIsGood() {
        assertThat(Comparison.normalised(List.of(0.0), List.of(0.0))).isZero();
        assertThat(Comparison.normalised(List.of(1e-9), List.of(0.0))).isEqualTo(2);
    }

    @Test
    void winningIsCountedOverAllPairsOfSeeds() {
        // 1 beats 2 and 3; 2 ties with 2 and beats 3; 5 beats none.
        assertThat(Comparison.win(List.of(1.0, 2.0, 5.0), List.of(2.0, 3.0))).isEqualTo(3.5 / 6);
        assertThat(Comparison.win(List.of(Double.NaN), List.of(2.0))).isZero();
    }

    @Test
    void valuesThatAreEqualToSixDigitsTie() {
        assertThat(Comparison.win(List.of(0.002488000000000041), List.of(0.002488)))
                .isEqualTo(0.5);
    }

    @Test
    void withoutARivalThereIsNoWin() {
        Reached reached = new Reached("bowl", 50, List.of(1.0), List.of(4.0), List.of());
        assertThat(reached.win()).isEmpty();
        assertThat(reached.normalised()).isEqualTo(0.25);
        assertThat(reached).hasToString("bowl after 50: median 1.000, random 4.000, ratio 0.250, win -");
    }
}
