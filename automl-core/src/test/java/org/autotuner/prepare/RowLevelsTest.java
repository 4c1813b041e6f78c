package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowLevelsTest {

    @Test
    void rangesHoldAboutEquallyManyRows() {
        double[] numbers =
                IntStream.range(0, 800).mapToDouble(i -> (i * 37) % 800).toArray();
        numbers[3] = Double.NaN;
        RowLevels read = RowLevels.ofNumbers(numbers, 8);
        assertThat(read.size()).isEqualTo(9);
        assertThat(read.levels()[3]).isZero();
        int[] counts = new int[read.size()];
        for (byte level : read.levels()) {
            counts[level]++;
        }
        assertThat(counts[0]).isEqualTo(1);
        assertThat(Arrays.stream(counts).skip(1)).allMatch(count -> count >= 99 && count <= 101);
        for (int i = 0; i < 800; i++) {
            assertThat(read.levels()[i] <= read.levels()[0] || numbers[i] > numbers[0])
                    .isTrue();
        }
    }

    @Test
    void numbersBesideAFrequentOneAreToldApart() {
        double[] numbers =
                IntStream.range(0, 1000).mapToDouble(i -> i < 900 ? 0 : i - 899).toArray();
        RowLevels read = RowLevels.ofNumbers(numbers, 11);
        assertThat(read.size()).isEqualTo(12);
        assertThat(read.levels()[0]).isEqualTo(read.levels()[899]).isEqualTo((byte) 1);
        assertThat(IntStream.range(900, 1000).map(i -> read.levels()[i]).distinct())
                .hasSize(10);
    }

    @Test
    void equalAndMissingNumbersAreOneLevel() {
        assertThat(RowLevels.ofNumbers(new double[] {-0.0, 0.0, -0.0}, 4).levels())
                .containsOnly(1);
        assertThat(RowLevels.ofNumbers(new double[] {Double.NaN, Double.NaN}, 4).levels())
                .containsOnly(0);
        assertThat(RowLevels.ofNumbers(new double[0], 4).levels()).isEmpty();
    }

    @Test
    void frequentLevelsStandAloneAndOthersTogether() {
        RowLevels read = RowLevels.ofLevels(new int[] {0, 1, 2, 3, 3, 4, 4, 4, 5}, 6, 2);
        assertThat(read.size()).isEqualTo(4);
        assertThat(read.levels()).containsExactly(0, 0, 3, 2, 2, 1, 1, 1, 3);
    }

    @Test
    void combinationsAreToldApart() {
        RowLevels one = new RowLevels(new byte[] {0, 0, 1, 1}, 2);
        RowLevels other = new RowLevels(new byte[] {0, 2, 0, 2}, 3);
        RowLevels together = RowLevels.together(one, other);
        assertThat(together.size()).isEqualTo(6);
        assertThat(together.levels()).doesNotHaveDuplicates();
    }
}
