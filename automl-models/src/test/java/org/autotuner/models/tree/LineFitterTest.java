package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.autotuner.budget.Deadline;
import org.autotuner.metric.Metrics;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.TreeEnsemble;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class LineFitterTest {

    private static final List<Feature> FEATURES =
            List.of(new Feature("a", "a", 0), new Feature("b", "b", 0), new Feature("c", "c", 0));
    private static final int ROWS = 200;

    private final SplittableRandom random = new SplittableRandom(4);
    private final float[] cells = new float[ROWS * 3];
    private final double[] target = new double[ROWS];
    private final float[] gradient = new float[ROWS];
    private final int[] rows = IntStream.range(0, ROWS).toArray();

    LineFitterTest() {
        for (int row = 0; row < ROWS; row++) {
            for (int f = 0; f < 3; f++) {
                cells[3 * row + f] = (float) (random.nextGaussian() * (f == 1 ? 1e-4 : 100) + 7);
            }
            target[row] = 2 + 0.03 * cells[3 * row] - 5e3 * cells[3 * row + 1] + 0.2 * random.nextGaussian();
            gradient[row] = (float) -target[row]; // of a squared error at 0
        }
    }

    /** Against Commons Math's ordinary least squares, whatever the units of the features. */
    @Test
    void withoutPenaltyALineIsThatOfLeastSquares() {
        LeafLine line = fit(0, new int[] {0, 1}, 1);
        OLSMultipleLinearRegression squares = new OLSMultipleLinearRegression();
        double[][] x = new double[ROWS][];
        for (int row = 0; row < ROWS; row++) {
            x[row] = new double[] {cells[3 * row], cells[3 * row + 1]};
        }
        squares.newSampleData(
                IntStream.of(rows).mapToDouble(row -> -gradient[row]).toArray(), x);
        double[] expected = squares.estimateRegressionParameters();
        assertThat(line.slopes()[0]).isCloseTo(expected[1], within(1e-6));
        assertThat(line.slopes()[1]).isCloseTo(expected[2], within(1e-3 * Math.abs(expected[2])));
        assertThat(line.value(cells, 30, fitter(0).ranges(), Double.NaN))
                .isCloseTo(
                        expected[0] + expected[1] * cells[30] + expected[2] * cells[31],
                        within(1e-3 * Math.abs(target[10])));
    }

    @Test
    void aPenaltyShrinksSlopesAndARateShrinksAll() {
        LeafLine plain = fit(0, new int[] {0}, 1);
        LeafLine penalised = fit(ROWS, new int[] {0}, 1);
        assertThat(penalised.slopes()[0]).isCloseTo(plain.slopes()[0] / 2, within(1e-9));
        LeafLine slow = fit(0, new int[] {0}, 0.1);
        assertThat(slow.slopes()[0]).isCloseTo(plain.slopes()[0] / 10, within(1e-12));
        assertThat(slow.constant()).isCloseTo(plain.constant() / 10, within(1e-12));
    }

    @Test
    void constantFeaturesGetNoSlopeAndFewRowsNoLine() {
        for (int row = 0; row < ROWS; row++) {
            cells[3 * row + 2] = 5;
        }
        assertThat(fit(0.1, new int[] {2, 0}, 1).slopes()[0]).isZero();
        assertThat(fitter(1).fit(new int[] {0, 1}, rows, 0, 5, gradient, new float[0], 0, 1))
                .isNull();
        assertThat(fitter(1).fit(new int[0], rows, 0, ROWS, gradient, new float[0], 0, 1))
                .isNull();
    }

    @Test
    void aMissingFeatureGivesThePlainValueAndItsRowTeachesNoSlope() {
        LeafLine before = fit(0, new int[] {0}, 1);
        cells[0] = Float.NaN;
        gradient[0] = 1e6f;
        LeafLine after = fit(0, new int[] {0}, 1);
        assertThat(after.slopes()[0]).isCloseTo(before.slopes()[0], within(2e-3));
        assertThat(after.value(cells, 0, fitter(0).ranges(), -8)).isEqualTo(-8);
    }

    /** A slope that steps would need many leaves for. */
    @Test
    void boostedLinesFollowASlopeThatConstantsOnlyStepAlong() {
        TrainingData data = data();
        assertThat(error(data, 0.3)).isLessThan(0.75 * error(data, Double.NaN));
    }

    @Test
    void validationAndScorerAgreeAndThreadsChangeNothing() {
        TrainingData data = data().withValidation(data());
        FitContext context = FitContext.of(Metrics.rmse(), 3).withDeadline(Deadline.never());
        double[] first = null;
        for (int threads : new int[] {1, 2}) {
            try (HistogramBooster booster = HistogramBooster.of(data, settings(0.3), context.withThreads(threads))) {
                for (int round = 0; round < 15; round++) {
                    booster.update();
                }
                double[] seen = booster.validationOutputs();
                TreeEnsemble trees = booster.ensemble();
                for (int row = 0; row < ROWS; row++) {
                    double[] out = new double[1];
                    trees.score(data.features().cursor().to(row), out);
                    assertThat(seen[row]).isCloseTo(out[0], within(1e-9 * Math.max(1, Math.abs(out[0]))));
                }
                if (first != null) {
                    assertThat(seen).isEqualTo(first);
                }
                first = seen;
            }
        }
    }

    @Test
    void equalAndHugeFeaturesGiveFiniteLinesOrNone() {
        for (int row = 0; row < ROWS; row++) {
            cells[3 * row + 1] = cells[3 * row];
            cells[3 * row + 2] = row % 2 == 0 ? 3e38f : -3e38f;
        }
        for (double l2 : new double[] {0, 0.01}) {
            LeafLine line = fitter(l2).fit(new int[] {0, 1, 2}, rows, 0, ROWS, gradient, new float[0], 0, 1);
            if (line != null) {
                for (int row = 0; row < ROWS; row++) {
                    assertThat(line.value(cells, 3 * row, fitter(l2).ranges(), 0))
                            .isFinite();
                }
            }
        }
    }

    @Test
    void classesHaveLinesToo() {
        int[] labels = IntStream.of(rows)
                .map(row -> cells[3 * row] > 50 ? 2 : cells[3 * row] + 0.5 * cells[3 * row + 2] > 0 ? 1 : 0)
                .toArray();
        MulticlassTask task = new MulticlassTask("y", List.of("x", "y", "z"));
        TrainingData data = new TrainingData(
                task, FeatureMatrix.dense(FEATURES, ROWS, cells), Target.ofLabels(labels), Weights.none(), null);
        try (HistogramBooster booster = HistogramBooster.of(data, settings(1), FitContext.of(Metrics.logLoss(), 3))) {
            for (int round = 0; round < 20; round++) {
                booster.update();
            }
            assertThat(data.error(booster.ensemble(), Metrics.errorRate())).isLessThan(0.03);
        }
    }

    private double error(TrainingData data, double lineL2) {
        try (HistogramBooster booster = HistogramBooster.of(data, settings(lineL2), FitContext.of(Metrics.rmse(), 3))) {
            for (int round = 0; round < 25; round++) {
                booster.update();
            }
            return data.error(booster.ensemble(), Metrics.rmse());
        }
    }

    private static HistogramBooster.Settings settings(double lineL2) {
        GrowthSettings growth = new GrowthSettings(4, 0, false, 10, 1e-3, 0, 0, 10, 10);
        return new HistogramBooster.Settings(0.2, growth, 253, 0.8, 1, new PointLoss.Squared(), lineL2);
    }

    private TrainingData data() {
        return new TrainingData(
                new RegressionTask("y"),
                FeatureMatrix.dense(FEATURES, ROWS, cells),
                Target.ofValues(target),
                Weights.none(),
                null);
    }

    private LeafLine fit(double l2, int[] features, double rate) {
        return Objects.requireNonNull(fitter(l2).fit(features, rows, 0, ROWS, gradient, new float[0], 0, rate));
    }

    private LineFitter fitter(double l2) {
        return new LineFitter(FeatureMatrix.dense(FEATURES, ROWS, cells), l2);
    }
}
