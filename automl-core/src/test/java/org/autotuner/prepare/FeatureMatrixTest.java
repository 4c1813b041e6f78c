package org.autotuner.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FeatureMatrixTest {

    private static final List<Feature> TWO = List.of(new Feature("a", "x", 0), new Feature("b", "x", 3));
    private static final SparseRows SPARSE =
            new SparseRows(9, new int[] {0, 1, 1, 3}, new int[] {4, 0, 8}, new float[] {40, 1, 80});

    @Test
    void rowsAndFeaturesAreReadByPosition() {
        FeatureMatrix matrix = FeatureMatrix.of(TWO, 3, new float[] {1, 2, 3, 4, 5, 6}, SPARSE);
        assertThat(matrix.rows()).isEqualTo(3);
        assertThat(matrix.width()).isEqualTo(2);
        assertThat(matrix.sparseWidth()).isEqualTo(9);
        assertThat(matrix.features()).isEqualTo(TWO);
        assertThat(matrix.features().stream().map(Feature::isCategorical)).containsExactly(false, true);
        assertThat(matrix.at(0, 1)).isEqualTo(2);
        assertThat(matrix.at(2, 0)).isEqualTo(5);
        FeatureRow row = matrix.cursor();
        assertThat(row.row()).isZero();
        assertThat(row.at(1)).isEqualTo(2);
        assertThat(row.to(2)).isSameAs(row);
        assertThat(row.row()).isEqualTo(2);
        assertThat(row.width()).isEqualTo(2);
        assertThat(row.at(0)).isEqualTo(5);
        assertThat(row.offset()).isEqualTo(4);
        assertThat(row.array()).isSameAs(matrix.denseArray());
        assertThat(row.sparse()).isSameAs(SPARSE);
    }

    @Test
    void selectedRowsAreCopiesInTheOrderAsked() {
        FeatureMatrix matrix = FeatureMatrix.of(TWO, 3, new float[] {1, 2, 3, 4, 5, 6}, SPARSE);
        FeatureMatrix chosen = matrix.select(new int[] {2, 0, 2, 1});
        assertThat(chosen.rows()).isEqualTo(4);
        assertThat(chosen.denseArray()).containsExactly(5, 6, 1, 2, 5, 6, 3, 4);
        SparseRows rows = Objects.requireNonNull(chosen.sparse());
        assertThat(rows.width()).isEqualTo(9);
        assertThat(rows.rows()).isEqualTo(4);
        int[] ends = {2, 3, 5, 5};
        int[] indices = {0, 8, 4, 0, 8};
        float[] values = {1, 80, 40, 1, 80};
        for (int i = 0; i < 4; i++) {
            assertThat(rows.start(i)).isEqualTo(i == 0 ? 0 : ends[i - 1]);
            assertThat(rows.end(i)).isEqualTo(ends[i]);
        }
        for (int at = 0; at < 5; at++) {
            assertThat(rows.index(at)).isEqualTo(indices[at]);
            assertThat(rows.value(at)).isEqualTo(values[at]);
        }
        FeatureMatrix dense = FeatureMatrix.dense(TWO, 1, new float[2]);
        assertThat(dense.sparse()).isNull();
        assertThat(dense.sparseWidth()).isZero();
        assertThat(dense.select(new int[0]).rows()).isZero();
    }

    @Test
    void blocksThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> FeatureMatrix.dense(TWO, 3, new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 values are not 3 rows x 2 features");
        assertThatThrownBy(() -> FeatureMatrix.of(TWO, 2, new float[4], SPARSE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 sparse rows beside 2");
    }

    @Test
    void sparseRowsGrowPastWhatWasForeseen() {
        SparseRowsBuilder builder = new SparseRowsBuilder(1000, 2, 1);
        for (int column = 0; column < 500; column++) {
            builder.add(column, column / 2f);
        }
        builder.endRow();
        builder.add(999, 7);
        builder.endRow();
        SparseRows rows = builder.build();
        assertThat(rows.rows()).isEqualTo(2);
        assertThat(rows.width()).isEqualTo(1000);
        assertThat(rows.start(1)).isEqualTo(500);
        assertThat(rows.end(1)).isEqualTo(501);
        for (int at = 0; at < 500; at++) {
            assertThat(rows.index(at)).isEqualTo(at);
            assertThat(rows.value(at)).isEqualTo(at / 2f);
        }
        assertThat(rows.index(500)).isEqualTo(999);
        assertThat(rows.value(500)).isEqualTo(7);
    }
}
