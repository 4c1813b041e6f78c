package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.split.Fold;
import org.junit.jupiter.api.Test;

class EvaluationRowsTest {

    @Test
    void fewRowsAreAllUsedForSelection() {
        EvaluationRows rows = EvaluationRows.of(folds(100, 5), 100, 1);
        assertThat(rows.selection()).hasSize(100);
        assertThat(rows.report()).isEmpty();
    }

    @Test
    void manyRowsKeepAPartThatSelectionNeverSees() {
        int count = 30_000;
        EvaluationRows rows = EvaluationRows.of(folds(count, 5), count, 1);
        assertThat(rows.report()).hasSize(6_000);
        assertThat(IntStream.concat(IntStream.of(rows.selection()), IntStream.of(rows.report()))
                        .sorted()
                        .toArray())
                .isEqualTo(IntStream.range(0, count).toArray());
    }

    @Test
    void aHoldoutKnowsOnlyItsOwnRows() {
        Fold fold = new Fold(new int[] {0, 1, 4}, new int[] {2, 3});
        EvaluationRows rows = EvaluationRows.of(List.of(fold), 5, 1);
        assertThat(rows.rows()).containsExactly(2, 3);
        assertThat(rows.positionOf(3)).isEqualTo(1);
        assertThat(rows.positionOf(0)).isEqualTo(-1);
    }

    @Test
    void repeatedFoldsCountHowOftenARowIsValidated() {
        List<Fold> twice = new ArrayList<>(folds(10, 2));
        twice.addAll(folds(10, 5));
        EvaluationRows rows = EvaluationRows.of(twice, 10, 1);
        assertThat(IntStream.range(0, 10).map(rows::timesValidated).toArray()).containsOnly(2);
    }

    private static List<Fold> folds(int rows, int count) {
        List<Fold> folds = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int fold = k;
            folds.add(new Fold(
                    IntStream.range(0, rows).filter(row -> row % count != fold).toArray(),
                    IntStream.range(0, rows).filter(row -> row % count == fold).toArray()));
        }
        return folds;
    }
}
