package org.autotuner.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Node;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FittedPreparation;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.Prepared;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

/** What every preparation promises. Extend it and give the preparation and the reader of its fitted form. */
public abstract class PreparationContract {

    private static final int ROWS = 240;

    /** The preparation; called once per test. */
    protected abstract Preparation preparation();

    /** Reads what the fitted preparation wrote. */
    protected abstract FittedPreparation read(Node node);

    private static Table table(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            levels.add("level" + i);
        }
        double[] numbers = random.doubles(ROWS).toArray();
        numbers[3] = Double.NaN;
        numbers[4] = Double.POSITIVE_INFINITY;
        return Table.builder()
                .column("number", NumericColumn.of(numbers))
                .column(
                        "whole",
                        NumericColumn.of(
                                random.ints(ROWS, 0, 9).asDoubleStream().toArray()))
                .column("few", CategoricalColumn.of(random.ints(ROWS, -2, 3).toArray(), levels.subList(0, 3)))
                .column("many", CategoricalColumn.of(random.ints(ROWS, -2, 120).toArray(), levels))
                .build();
    }

    private Prepared fit(long seed) {
        int[] labels = new SplittableRandom(seed).ints(ROWS, 0, 2).toArray();
        PrepareContext context = new PrepareContext(new BinaryTask("y", "no", "yes"), seed, Deadline.never());
        return preparation().fit(table(1), Target.ofLabels(labels), Weights.none(), context);
    }

    private static List<Float> cells(FeatureMatrix matrix, int row) {
        List<Float> cells = new ArrayList<>();
        for (int feature = 0; feature < matrix.width(); feature++) {
            cells.add(matrix.at(row, feature));
        }
        if (matrix.sparse() != null) {
            for (int at = matrix.sparse().start(row); at < matrix.sparse().end(row); at++) {
                cells.add((float) matrix.sparse().index(at));
                cells.add(matrix.sparse().value(at));
            }
        }
        return cells;
    }

    private static void assertSame(FeatureMatrix one, FeatureMatrix other) {
        assertThat(one.features()).isEqualTo(other.features());
        for (int row = 0; row < one.rows(); row++) {
            assertThat(cells(one, row)).as("row %d", row).isEqualTo(cells(other, row));
        }
    }

    @Test
    void trainingFeaturesAndTransformedOnesHaveOneShape() {
        Prepared prepared = fit(1);
        FeatureMatrix other = prepared.preparation().transform(table(2));
        assertThat(prepared.features().rows()).isEqualTo(ROWS);
        assertThat(prepared.features().features()).isEqualTo(other.features());
        assertThat(other.features()).isEqualTo(prepared.preparation().features());
        assertThat(other.sparseWidth()).isEqualTo(prepared.preparation().sparseWidth());
        assertThat(prepared.features().sparseWidth()).isEqualTo(other.sparseWidth());
        assertThat(other.features().stream().map(Feature::name)).doesNotHaveDuplicates();
    }

    @Test
    void codesStayBelowTheirCardinality() {
        Prepared prepared = fit(1);
        for (FeatureMatrix matrix :
                List.of(prepared.features(), prepared.preparation().transform(table(2)))) {
            for (int feature = 0; feature < matrix.width(); feature++) {
                int cardinality = matrix.features().get(feature).cardinality();
                for (int row = 0; row < ROWS && cardinality > 0; row++) {
                    float code = matrix.at(row, feature);
                    assertThat(Float.isNaN(code) || (code >= 0 && code < cardinality && code == (int) code))
                            .as("code %s of %s", code, matrix.features().get(feature))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void noFeatureIsInfinite() {
        for (float value : fit(1).preparation().transform(table(2)).denseArray()) {
            assertThat(Float.isInfinite(value)).isFalse();
        }
    }

    @Test
    void oneRowGivesTheNumbersOfTheTable() {
        FittedPreparation fitted = fit(1).preparation();
        Table other = table(2);
        FeatureMatrix all = fitted.transform(other);
        for (int row = 0; row < ROWS; row++) {
            assertThat(cells(fitted.transform(other.rows(new int[] {row})), 0))
                    .as("row %d", row)
                    .isEqualTo(cells(all, row));
        }
    }

    @Test
    void equalSeedsGiveEqualFeatures() {
        assertSame(fit(7).features(), fit(7).features());
        assertThat(preparation().id()).isEqualTo(preparation().id()).isNotBlank();
    }

    @Test
    void writtenAndReadAgainItGivesTheSameNumbers() {
        FittedPreparation fitted = fit(1).preparation();
        Node node = Node.root();
        fitted.write(node);
        assertSame(read(node).transform(table(2)), fitted.transform(table(2)));
    }

    @Test
    void aTableWithoutRowsGivesAMatrixWithoutRows() {
        FittedPreparation fitted = fit(1).preparation();
        assertThat(fitted.transform(table(2).rows(new int[0])).rows()).isZero();
    }
}
