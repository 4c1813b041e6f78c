package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autotuner.data.DateTimeColumn;
import org.autotuner.data.Table;
import org.autotuner.data.TextColumn;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class EncodersTest {

    @Test
    void datePartsAgreeWithTheCalendarOfJava() {
        SplittableRandom random = new SplittableRandom(1);
        double[] parts = new double[DateParts.NAMES.size()];
        for (int i = 0; i < 5000; i++) {
            long millis = random.nextLong(-70_000_000_000_000L, 70_000_000_000_000L);
            LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), 0, ZoneOffset.UTC);
            DateParts.read(DateTimeColumn.of(millis), 0, parts);
            assertThat(new double[] {parts[1], parts[2], parts[3], parts[4], parts[5], Math.floor(parts[6])})
                    .as("%d = %s", millis, time)
                    .containsExactly(
                            time.getYear(),
                            time.getMonthValue(),
                            time.getDayOfMonth(),
                            time.getDayOfWeek().getValue(),
                            time.getDayOfYear(),
                            time.getHour());
            assertThat(parts[7] * parts[7] + parts[8] * parts[8]).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void normalQuantilesAgreeWithTables() {
        // scipy.stats.norm.ppf
        assertThat(NormalQuantile.of(0.5)).isZero();
        assertThat(NormalQuantile.of(0.975)).isCloseTo(1.959963985, within(1e-6));
        assertThat(NormalQuantile.of(0.01)).isCloseTo(-2.326347874, within(1e-6));
        assertThat(NormalQuantile.of(0)).isCloseTo(-5.199337582, within(1e-5));
        assertThat(NormalQuantile.of(1)).isCloseTo(5.199337582, within(1e-5));
    }

    @Test
    void quantilesMapRanksToANormalDistribution() {
        double[] numbers = new double[101];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.exp(i / 10.0);
        }
        Table table = Table.builder().numeric("n", numbers).build();
        FeatureMatrix matrix = PreparationPlan.forKernels()
                .withNumeric(NumericEncoding.QUANTILE)
                .fit(table, Target.ofLabels(new int[101]), Weights.none(), RandomTables.context(RandomTables.BINARY, 1))
                .features();
        assertThat(matrix.at(50, 0)).isCloseTo(0, within(2e-3f));
        assertThat(matrix.at(0, 0)).isLessThan(-5);
        assertThat(matrix.at(90, 0)).isCloseTo(1.2815516f, within(5e-3f));
    }

    @Test
    void textsAreCounted() {
        double[] counts = new double[TextCounts.NAMES.size()];
        TextCounts.read(TextColumn.of(List.of("Ab 12!? x")), 0, counts);
        assertThat(counts).containsExactly(9, 3, 7 / 3.0, 1 / 9.0, 2 / 9.0, 2 / 9.0, 2 / 9.0, 0, 1, 1);
    }

    @Test
    void sparseWordsAndCharactersHaveLengthOneEach() {
        Table table = Table.builder()
                .text("t", "red apple", "green apple apple", "red car", null)
                .build();
        FeatureMatrix matrix = PreparationPlan.forLinear()
                .fit(table, Target.ofLabels(0, 1, 0, 1), Weights.none(), RandomTables.context(RandomTables.BINARY, 1))
                .features();
        SparseRows rows = java.util.Objects.requireNonNull(matrix.sparse());
        for (int row = 0; row < 3; row++) {
            double squares = 0;
            for (int at = rows.start(row); at < rows.end(row); at++) {
                squares += rows.value(at) * rows.value(at);
                assertThat(at == rows.start(row) || rows.index(at) > rows.index(at - 1))
                        .isTrue();
            }
            assertThat(squares).isCloseTo(2, within(1e-6));
        }
        assertThat(rows.end(3)).isEqualTo(rows.start(3));
    }

    @Test
    void theLongIndexNumbersKeysLikeAMap() {
        SplittableRandom random = new SplittableRandom(2);
        LongIndex index = new LongIndex(1);
        Map<Long, Integer> map = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            long key = random.nextLong(7000) << 20;
            map.putIfAbsent(key, map.size());
            assertThat(index.add(key)).isEqualTo(map.get(key));
        }
        assertThat(index.size()).isEqualTo(map.size());
        assertThat(index.find(1)).isEqualTo(-1);
        map.forEach((key, number) -> assertThat(index.find(key)).isEqualTo(number));
    }

    @Test
    void summariesAreWeightedAndStable() {
        double[] numbers = {1e9 + 1, 1e9 + 2, Double.NaN, 1e9 + 4, 5};
        NumericSummary summary = NumericSummary.of(5, row -> numbers[row], Weights.of(1, 2, 1, 1, 0), true);
        // By definition: mean (1 + 2*2 + 4)/4, variance (1.5625 + 2*0.0625 + 3.0625)/4.
        assertThat(summary.mean()).isEqualTo(1e9 + 2.25);
        assertThat(summary.deviation()).isCloseTo(Math.sqrt(4.75 / 4), within(1e-6));
        assertThat(summary.quantile(0.5)).isEqualTo(1e9 + 2);
        assertThat(summary.hasMissing()).isTrue();
    }
}
