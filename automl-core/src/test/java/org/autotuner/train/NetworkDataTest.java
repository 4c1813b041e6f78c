package org.autotuner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import org.autotuner.error.DataException;
import org.junit.jupiter.api.Test;

class NetworkDataTest {

    private static final RowArray ROWS = RowArray.of(new float[][] {{1, 2}, {3, 4}, {5, 6}});

    @Test
    void numbersThatAreNoneAreToldWithRowAndColumn() {
        assertThatThrownBy(() -> RowArray.of(new float[][] {{1, 2}, {3, Float.NaN}}))
                .isInstanceOf(DataException.class)
                .hasMessage("Row 1 holds NaN in column 1. Impute missing numbers, or leave the row out.");
        assertThatThrownBy(() -> RowArray.of(new float[] {1, 2, Float.POSITIVE_INFINITY, 4}, 2, 1))
                .hasMessageContaining("Row 1 holds Infinity in column 0");
    }

    @Test
    void rowsOfDifferentLengthAreRefused() {
        assertThatThrownBy(() -> RowArray.of(new float[][] {{1, 2}, {3}}))
                .hasMessageContaining("Row 1 has 1 numbers, but row 0 has 2");
        assertThatThrownBy(() -> RowArray.of(new float[5], 2)).hasMessageContaining("5 values do not make whole rows");
        assertThatThrownBy(() -> RowArray.of(new float[0][])).isInstanceOf(RuntimeException.class);
    }

    @Test
    void codesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> RowArray.ofCodes(new int[] {0, 1, 5, 2}, 5, 2))
                .hasMessage("Row 1 holds the code 5 in column 0, but codes go from 0 to 4.");
        assertThatThrownBy(() -> RowArray.ofCodes(new int[] {-1}, 5)).hasMessageContaining("the code -1");
    }

    @Test
    void arraysOfTheEngineAreCopied() {
        try (NDManager manager = Devices.engine().newBaseManager()) {
            RowArray copy =
                    RowArray.from(manager.create(new float[] {1, 2, 3, 4}).reshape(2, 1, 2));
            assertThat(copy.rows()).isEqualTo(2);
            assertThat(copy.form()).isEqualTo(new RowArray.Form(java.util.List.of(1L, 2L), 0));
            assertThatThrownBy(() -> RowArray.from(manager.create(new int[] {1})))
                    .hasMessageContaining("must be float32");
        }
    }

    @Test
    void targetsMustFitTheRows() {
        NetworkData data = NetworkData.of(ROWS);
        assertThatThrownBy(() -> data.withLabels(0, 1)).hasMessageContaining("2 labels for 3 rows");
        assertThatThrownBy(() -> data.withLabels(0, -1, 1)).hasMessageContaining("Row 1 has label -1");
        assertThatThrownBy(() -> data.withValues(1, 2, Float.NaN)).hasMessageContaining("target of row 2 is NaN");
        assertThatThrownBy(() -> data.withSoftLabels(new float[][] {{1, 0}, {0.5f, 0.4f}, {0, 1}}))
                .hasMessageContaining("soft labels of row 1");
        assertThatThrownBy(() -> data.withSoftLabels(new float[][] {{1, 0}, {1.5f, -0.5f}, {0, 1}}))
                .hasMessageContaining("soft labels of row 1");
        assertThatThrownBy(() -> data.withWeights(1, -1, 1)).hasMessageContaining("Row 1 has weight -1");
        assertThatThrownBy(() -> data.withWeights(0, 0, 0)).hasMessageContaining("All row weights are 0");
        assertThatThrownBy(() -> NetworkData.of(ROWS, RowArray.of(new float[] {1, 2})))
                .hasMessageContaining("3 and 2 rows");
    }

    @Test
    void aSubsetKeepsWhatBelongsTogether() {
        NetworkData some =
                NetworkData.of(ROWS).withLabels(0, 1, 2).withWeights(1, 2, 3).subset(2, 0);
        assertThat(some.labels().orElseThrow()).containsExactly(2, 0);
        assertThat(some.weights().orElseThrow()).containsExactly(3, 1);
        try (NDManager manager = Devices.engine().newBaseManager()) {
            assertThat(some.inputs().get(0).on(manager).toFloatArray()).containsExactly(5, 6, 1, 2);
        }
    }
}
