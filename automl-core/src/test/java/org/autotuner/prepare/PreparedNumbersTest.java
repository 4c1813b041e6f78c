package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.autotuner.prepare.PreparationPlanTest.column;
import static org.autotuner.prepare.PreparationPlanTest.names;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

/** Encodings of numbers against their definitions. */
class PreparedNumbersTest {

    private static final PreparationPlan STANDARD = PreparationPlan.forKernels().withNumeric(NumericEncoding.STANDARD);
    private static final PreparationPlan QUANTILE = PreparationPlan.forKernels().withNumeric(NumericEncoding.QUANTILE);

    private static Prepared fit(PreparationPlan plan, Weights weights, double... numbers) {
        return plan.fit(
                Table.builder().numeric("n", numbers).build(),
                Target.ofLabels(new int[numbers.length]),
                weights,
                RandomTables.context(RandomTables.BINARY, 1));
    }

    private static FeatureMatrix transform(Prepared prepared, double... numbers) {
        return prepared.preparation()
                .transform(Table.builder().numeric("n", numbers).build());
    }

    @Test
    void standardNumbersHaveMeanZeroAndDeviationOne() {
        // Mean 5, population deviation 2.
        Prepared prepared = fit(STANDARD, Weights.none(), 2, 4, 4, 4, 5, 5, 7, 9);
        assertThat(column(prepared.features(), "n")).containsExactly(-1.5f, -0.5f, -0.5f, -0.5f, 0, 0, 1, 2);
        assertThat(transform(prepared, 105).at(0, 0)).isEqualTo(50);
        // Rows of weight 0 teach nothing, and a row of weight 2 counts as two.
        Prepared weighted = fit(STANDARD, Weights.of(1, 3, 2, 1, 1, 0), 2, 4, 5, 7, 9, 1000);
        assertThat(column(weighted.features(), "n"))
                .startsWith(-1.5f, -0.5f, 0, 1, 2)
                .endsWith(497.5f);
    }

    @Test
    void missingNumbersGetTheMedianAndAnIndicator() {
        // Mean 4, deviation sqrt(8); the median of 0, 4 and 8 is 4.
        Prepared prepared = fit(STANDARD, Weights.none(), 0, 4, 8, Double.NaN, 2, 2, 8);
        double deviation = Math.sqrt((16 + 0 + 16 + 4 + 4 + 16) / 6.0);
        assertThat(names(prepared)).containsExactly("n", "n#missing");
        assertThat(column(prepared.features(), "n")[3]).isCloseTo((float) ((3 - 4) / deviation), within(1e-6f));
        assertThat(column(prepared.features(), "n#missing")).containsExactly(0, 0, 0, 1, 0, 0, 0);
        FeatureMatrix asked = transform(prepared, Double.POSITIVE_INFINITY);
        assertThat(asked.at(0, 0)).isEqualTo(column(prepared.features(), "n")[3]);
        assertThat(asked.at(0, 1)).isEqualTo(1);
    }

    @Test
    void aNumberThatIsOnlySometimesThereBecomesAnIndicator() {
        for (PreparationPlan plan : List.of(STANDARD, QUANTILE, PreparationPlan.forLinear())) {
            Prepared prepared = fit(plan, Weights.none(), 3, Double.NaN, 3);
            assertThat(names(prepared)).containsExactly("n#missing");
            assertThat(prepared.features().denseArray()).containsExactly(0, 1, 0);
        }
        assertThat(names(fit(PreparationPlan.forTrees(), Weights.none(), 3, Double.NaN, 3)))
                .containsExactly("n");
    }

    @Test
    void robustNumbersUseHalfTheRangeWhereTheQuartilesAreEqual() {
        Prepared prepared = fit(PreparationPlan.forKernels(), Weights.none(), 5, 5, 5, 5, 5, 5, 5, 5, 1, 11);
        // (11 - 5) / ((11 - 1) / 2) = 1.2, then the smooth clip x / sqrt(1 + (x / 3)^2).
        assertThat(column(prepared.features(), "n")[9]).isCloseTo((float) (1.2 / Math.sqrt(1.16)), within(1e-6f));
        assertThat(column(prepared.features(), "n")[0]).isZero();
        assertThat(transform(prepared, 1e300).at(0, 0)).isCloseTo(3, within(1e-6f));
        assertThat(transform(prepared, -1e300).at(0, 0)).isCloseTo(-3, within(1e-6f));
        assertThat(prepared.preparation().features()).hasSize(1);
    }

    @Test
    void numbersBeyondFloatsBecomeTheLargestFloats() {
        Prepared prepared = fit(PreparationPlan.forTrees(), Weights.none(), 1e300, -1e300, 1, Double.POSITIVE_INFINITY);
        assertThat(prepared.features().denseArray()).containsExactly(Float.MAX_VALUE, -Float.MAX_VALUE, 1, Float.NaN);
        // The widest of all ranges: everything stays finite.
        for (PreparationPlan plan : List.of(STANDARD, QUANTILE, PreparationPlan.forKernels())) {
            Prepared wide = fit(plan, Weights.none(), Double.MAX_VALUE, -Double.MAX_VALUE, 0);
            float[] n = column(wide.features(), "n");
            assertThat(n[0]).isPositive().isFinite();
            assertThat(n[1]).isEqualTo(-n[0]);
            assertThat(n[2]).isZero();
        }
    }

    @Test
    void quantilesInterpolateRanksAndEqualNumbersShareTheirMeanRank() {
        Prepared prepared = fit(QUANTILE, Weights.none(), 10, 20, 20, 20, 50, Double.NaN);
        assertThat(names(prepared)).containsExactly("n", "n#missing");
        // Ranks 0, 1/2 (the mean of 1/4, 2/4 and 3/4) and 1; scipy.stats.norm.ppf gives the quantiles.
        FeatureMatrix asked = transform(prepared, 5, 10, 20, 35, 50, 60, Double.NaN, 15);
        float[] expected = {-5.1993375f, -5.1993375f, 0, 0.6744898f, 5.1993375f, 5.1993375f, 0, -0.6744898f};
        for (int row = 0; row < expected.length; row++) {
            assertThat(asked.at(row, 0)).isCloseTo(expected[row], within(2e-6f));
            assertThat(asked.at(row, 1)).isEqualTo(row == 6 ? 1 : 0);
        }
    }

    @Test
    void normalQuantilesInvertTheirDistributionEverywhere() {
        // scipy.stats.norm.cdf at whole numbers.
        double[] cdf = {0.5, 0.8413447460685429, 0.9772498680518208, 0.9986501019683699, 0.9999683287581669};
        for (int x = 0; x < cdf.length; x++) {
            assertThat(NormalQuantile.of(cdf[x])).isCloseTo(x, within(2e-6));
            assertThat(NormalQuantile.of(1 - cdf[x])).isCloseTo(-x, within(2e-6));
        }
        // The first formula holds up to 0.425 from the middle; both meet there.
        assertThat(NormalQuantile.of(0.925)).isCloseTo(1.4395314709384563, within(1e-6));
        assertThat(NormalQuantile.of(0.9250001)).isCloseTo(1.4395321774, within(1e-6));
        assertThat(NormalQuantile.of(1e-6)).isCloseTo(-4.753424308822899, within(2e-6));
    }

    @Test
    void summariesOfManyNumbersTakeEvenlySpreadOnes() {
        int rows = 3 * NumericSummary.SAMPLE;
        NumericSummary summary = NumericSummary.of(rows, row -> row, Weights.none(), true);
        assertThat(summary.sorted()).hasSize(NumericSummary.SAMPLE).isSorted().doesNotHaveDuplicates();
        for (double share : new double[] {0, 0.25, 0.5, 0.75, 1}) {
            assertThat(summary.quantile(share)).isCloseTo(share * rows, within(3.0));
        }
        assertThat(summary.min()).isZero();
        assertThat(summary.max()).isEqualTo(rows - 1);
        assertThat(summary.mean()).isCloseTo((rows - 1) / 2.0, within(1e-3));
        assertThat(NumericSummary.of(rows, row -> row, Weights.none(), false).sorted())
                .isEmpty();
    }

    @Test
    void quantilesAreLinearBetweenNeighbours() {
        // numpy.quantile([1, 2, 3, 10], q), whose default is type 7.
        double[] numbers = {10, 2, Double.NaN, 3, 1};
        NumericSummary summary = NumericSummary.of(5, row -> numbers[row], Weights.none(), true);
        assertThat(summary.quantile(0)).isEqualTo(1);
        assertThat(summary.quantile(0.25)).isEqualTo(1.75);
        assertThat(summary.quantile(0.5)).isEqualTo(2.5);
        assertThat(summary.quantile(0.75)).isEqualTo(4.75);
        assertThat(summary.quantile(1)).isEqualTo(10);
        assertThat(summary.hasMissing()).isTrue();
        assertThat(summary.isConstant()).isFalse();
        NumericSummary one = NumericSummary.of(2, row -> 4, Weights.none(), true);
        assertThat(one.isConstant()).isTrue();
        assertThat(one.isEmpty()).isFalse();
        assertThat(one.hasMissing()).isFalse();
        assertThat(one.quantile(0.3)).isEqualTo(4);
        NumericSummary none = NumericSummary.of(2, row -> Double.NaN, Weights.none(), true);
        assertThat(none.isConstant()).isTrue();
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.deviation()).isZero();
    }

    @Test
    void largeTablesAreTransformedRowByRowAlike() {
        int rows = 20_000;
        SplittableRandom random = new SplittableRandom(4);
        double[] numbers = random.doubles(rows, -3, 3).toArray();
        String[] levels = IntStream.range(0, rows)
                .mapToObj(row -> "l" + random.nextInt(30))
                .toArray(String[]::new);
        Table table = Table.builder()
                .column("n", NumericColumn.of(numbers))
                .categorical("c", levels)
                .build();
        int[] some = {0, 1, 8191, 8192, 8193, 16_383, 16_384, 19_999};
        for (PreparationPlan plan : List.of(PreparationPlan.forTrees(), PreparationPlan.forLinear())) {
            Prepared prepared = plan.fit(
                    table,
                    Target.ofLabels(random.ints(rows, 0, 2).toArray()),
                    Weights.none(),
                    RandomTables.context(RandomTables.BINARY, 1));
            assertThat(Arrays.stream(some).mapToObj(row -> prepared.features().at(row, 0)))
                    .allMatch(value -> !value.isNaN())
                    .doesNotHaveDuplicates();
            PreparationPlanTest.assertSame(
                    prepared.features().select(some), prepared.preparation().transform(table.rows(some)), plan.id());
        }
    }
}
