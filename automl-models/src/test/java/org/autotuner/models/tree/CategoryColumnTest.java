package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.CategoryStatistic;
import org.junit.jupiter.api.Test;

class CategoryColumnTest {

    private static final float[] ONES = {1, 1, 1, 1, 1, 1};

    /** Colour a, b, a, a, missing, b and size s, s, l, s, l, l. */
    private static final FeatureMatrix CELLS = FeatureMatrix.dense(
            List.of(new Feature("colour", "colour", 2), new Feature("size", "size", 2)),
            6,
            new float[] {0, 0, 1, 0, 0, 1, 0, 0, Float.NaN, 1, 1, 1});

    private static final float[] TARGET = {1, 0, 0, 1, 1, 1};

    /** In the order 5, 3, 0, 1, 2, 4 and with a prior of 0.5, by hand. */
    private static CategoryStatistic of(CategoryColumn column) {
        return column.statistic(column.means(TARGET, ONES, 0.5), 0.5);
    }

    @Test
    void aRowHasTheMeanOfThoseOfItsLevelBeforeIt() {
        float[] got = CategoryColumn.of(CELLS, 0).ordered(new int[] {5, 3, 0, 1, 2, 4}, TARGET, ONES, 0.5);
        assertThat(got[5]).as("first of b").isEqualTo(0.5f);
        assertThat(got[3]).as("first of a").isEqualTo(0.5f);
        assertThat(got[0]).as("a after a 1").isEqualTo((1 + 0.5f) / 2);
        assertThat(got[1]).as("b after a 1").isEqualTo((1 + 0.5f) / 2);
        assertThat(got[2]).as("a after two of 1").isEqualTo(2.5f / 3, within(1e-6f));
        assertThat(got[4]).as("missing is a level").isEqualTo(0.5f);
    }

    @Test
    void weightsCountAsRows() {
        float[] weights = {1, 1, 1, 3, 1, 0};
        float[] got = CategoryColumn.of(CELLS, 0).ordered(new int[] {5, 3, 0, 1, 2, 4}, TARGET, weights, 0.5);
        assertThat(got[0]).isEqualTo(3.5f / 4);
        assertThat(got[1]).as("the row before it weighs nothing").isEqualTo(0.5f);
    }

    @Test
    void newRowsHaveTheMeanOfAll() {
        CategoryStatistic statistic = of(CategoryColumn.of(CELLS, 0));
        assertThat(statistic.value(new float[] {0, 0}, 0)).isEqualTo(2.5f / 4);
        assertThat(statistic.value(new float[] {1, 0}, 0)).isEqualTo(1.5f / 3);
        assertThat(statistic.value(new float[] {Float.NaN, 0}, 0)).isEqualTo(1.5f / 2);
    }

    @Test
    void combinationsAreLevelsOfTheirOwn() {
        CategoryColumn both = CategoryColumn.of(CELLS, 0, 1);
        assertThat(both.size()).isEqualTo(5);
        CategoryStatistic statistic = of(both);
        assertThat(statistic.value(new float[] {0, 0}, 0)).isEqualTo(2.5f / 3, within(1e-6f));
        assertThat(statistic.value(new float[] {Float.NaN, 0}, 0))
                .as("never seen")
                .isEqualTo(0.5f);
        CategoryStatistic count = both.statistic(both.counts(ONES), 0);
        assertThat(count.value(new float[] {0, 0}, 0)).isEqualTo((float) Math.log(3));
        assertThat(count.value(new float[] {Float.NaN, 0}, 0)).isZero();
    }

    @Test
    void rowsOfALevelWithManyRowsHaveItsMean() {
        int rows = 700;
        float[] cells = new float[rows];
        float[] target = new float[rows];
        float[] ones = new float[rows];
        for (int row = 0; row < rows; row++) {
            cells[row] = row < 400 ? 0 : row < 699 ? 1 : 2;
            target[row] = row % 4 == 0 ? 1 : 0;
            ones[row] = 1;
        }
        FeatureMatrix matrix = FeatureMatrix.dense(List.of(new Feature("c", "c", 3)), rows, cells);
        int[] order = CategoryColumn.order(rows, new SplittableRandom(1));
        float[] got = CategoryColumn.of(matrix, 0).ordered(order, target, ones, 0.5);
        float[] large = Arrays.copyOf(got, 400);
        float[] expected = new float[400];
        Arrays.fill(expected, 100.5f / 401);
        assertThat(large).containsExactly(expected);
        assertThat(got[400]).as("299 rows, each by those before it").isNotEqualTo(got[401]);
        assertThat(got[699]).isEqualTo(0.5f);
    }

    @Test
    void anOrderHoldsEachRowOnce() {
        assertThat(CategoryColumn.order(100, new SplittableRandom(1)))
                .hasSize(100)
                .doesNotHaveDuplicates()
                .isNotEqualTo(CategoryColumn.order(100, new SplittableRandom(2)));
    }
}
