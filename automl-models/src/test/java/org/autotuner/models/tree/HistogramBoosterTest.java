package org.autotuner.models.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.metric.Metrics;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.TreeEnsemble;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class HistogramBoosterTest {

    private static final Task VALUES = new RegressionTask("y");

    private static TrainingData data(float[][] columns, int[] cardinality, double[] values) {
        int rows = values.length;
        List<Feature> features = new ArrayList<>();
        float[] dense = new float[rows * columns.length];
        for (int f = 0; f < columns.length; f++) {
            features.add(new Feature("f" + f, "f" + f, cardinality[f]));
            for (int row = 0; row < rows; row++) {
                dense[row * columns.length + f] = columns[f][row];
            }
        }
        return new TrainingData(
                VALUES, FeatureMatrix.dense(features, rows, dense), Target.ofValues(values), Weights.none(), null);
    }

    private static TrainingData made(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] cells = new float[columns][rows];
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            for (int f = 0; f < columns; f++) {
                cells[f][row] = f == 1
                        ? random.nextInt(12)
                        : random.nextInt(9) == 0 ? Float.NaN : (float) random.nextGaussian();
            }
            double x = Float.isNaN(cells[0][row]) ? 1 : cells[0][row];
            values[row] = x * x + (cells[1][row] % 3) + 0.1 * random.nextGaussian();
        }
        int[] cardinality = new int[columns];
        cardinality[1] = 12;
        return data(cells, cardinality, values);
    }

    private static HistogramBooster.Settings settings(GrowthSettings growth, double rate) {
        return new HistogramBooster.Settings(rate, growth, 253, 1, 1, new PointLoss.Squared());
    }

    private static GrowthSettings growth(int leaves, int leastRows, double l2) {
        return new GrowthSettings(leaves, 0, false, leastRows, 1e-3, l2, 0, 10, 10);
    }

    private static TreeEnsemble boosted(
            TrainingData data, HistogramBooster.Settings settings, int rounds, FitContext context) {
        try (HistogramBooster booster = HistogramBooster.of(data, settings, context)) {
            for (int i = 0; i < rounds; i++) {
                booster.update();
            }
            return booster.ensemble();
        }
    }

    private static double[] outputs(TreeEnsemble ensemble, TrainingData data) {
        double[] all = new double[data.rows()];
        double[] out = new double[1];
        var row = data.features().cursor();
        for (int i = 0; i < all.length; i++) {
            ensemble.score(row.to(i), out);
            all[i] = out[0];
        }
        return all;
    }

    private static FitContext context() {
        return FitContext.of(Metrics.rmse(), 1);
    }

    /** Six rows, one split, by hand: means of both sides, shrunk by l2 and rate. */
    @Test
    void oneSplitGivesTheStepsOfTheFormula() {
        TrainingData data = data(new float[][] {{1, 2, 3, 10, 11, 12}}, new int[1], new double[] {1, 2, 3, 7, 8, 9});
        double[] got = outputs(boosted(data, settings(growth(2, 1, 1), 0.5), 1, context()), data);
        double mean = 5;
        // residuals -4 -3 -2 | 2 3 4: sums -9 and 9, over 3 rows and l2 of 1
        assertThat(got[0]).isEqualTo(mean - 0.5 * 9 / 4, within(1e-6));
        assertThat(got[5]).isEqualTo(mean + 0.5 * 9 / 4, within(1e-6));
        assertThat(got[2]).isEqualTo(got[0]);
    }

    /** The left half differs more, so that leaf by leaf all of four leaves but one lie there. */
    @Test
    void levelByLevelSplitsWhatLeafByLeafLeavesWhole() {
        TrainingData data = data(new float[][] {{1, 2, 3, 4, 5, 6, 7, 8}}, new int[1], new double[] {
            0, 0, 60, 100, 1_000, 1_000, 1_001, 1_001
        });
        double[] byLeaf = outputs(boosted(data, settings(growth(4, 1, 0), 1), 1, context()), data);
        assertThat(byLeaf[2]).isEqualTo(60, within(0.1));
        assertThat(byLeaf[3]).isEqualTo(100, within(0.1));
        assertThat(byLeaf[4]).isEqualTo(byLeaf[7]);
        GrowthSettings levels = new GrowthSettings(4, 0, true, 1, 1e-3, 0, 0, 10, 10);
        double[] byLevel = outputs(boosted(data, settings(levels, 1), 1, context()), data);
        assertThat(byLevel[2]).isEqualTo(byLevel[3]).isEqualTo(80, within(0.1));
        assertThat(byLevel[4]).isEqualTo(1_000, within(0.1));
        assertThat(byLevel[7]).isEqualTo(1_001, within(0.1));
    }

    @Test
    void missingCellsGoWhereTheLossIsLower() {
        float nan = Float.NaN;
        TrainingData data = data(new float[][] {{1, 2, nan, nan, 11, 12}}, new int[1], new double[] {0, 0, 5, 5, 5, 5});
        double[] got = outputs(boosted(data, settings(growth(2, 1, 0), 1), 1, context()), data);
        assertThat(got).containsExactly(new double[] {0, 0, 5, 5, 5, 5}, within(1e-6));
    }

    @Test
    void categoriesArePutInTheOrderOfTheirMeans() {
        int rows = 1_200;
        float[] codes = new float[rows];
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            codes[row] = row % 12;
            values[row] = row % 12 % 2; // odd codes 1, even ones 0: no cut of the codes' own order parts them
        }
        GrowthSettings unsmoothed = new GrowthSettings(2, 0, false, 1, 1e-3, 0, 0, 0, 0);
        TrainingData data = data(new float[][] {codes}, new int[] {12}, values);
        double[] got = outputs(boosted(data, settings(unsmoothed, 1), 1, context()), data);
        assertThat(got).containsExactly(values, within(1e-6));
    }

    @Test
    void anyNumberOfThreadsGivesTheSameModel() {
        TrainingData data = made(20_000, 21, 4);
        HistogramBooster.Settings settings =
                new HistogramBooster.Settings(0.1, growth(31, 5, 0.5), 253, 0.7, 0.8, new PointLoss.Squared());
        double[] one = outputs(boosted(data, settings, 12, context()), data);
        for (int threads : new int[] {1, 2, 4}) {
            assertThat(outputs(boosted(data, settings, 12, context().withThreads(threads)), data))
                    .as("%d threads", threads)
                    .isEqualTo(one);
        }
    }

    @Test
    void fewHistogramsAtOnceGiveTheSameModel() {
        TrainingData data = made(3_000, 5, 4);
        HistogramBooster.Settings settings = settings(growth(60, 2, 0), 0.3);
        double[] got = outputs(boosted(data, settings, 20, context()), data);
        double error = 0;
        for (int row = 0; row < got.length; row++) {
            error += Math.pow(got[row] - data.target().value(row), 2) / got.length;
        }
        assertThat(Math.sqrt(error)).isLessThan(0.2);
    }

    @Test
    void theDeadlineEndsInTheMiddleOfATree() {
        TrainingData data = made(200_000, 40, 2);
        HistogramBooster.Settings settings = settings(growth(256, 1, 0), 0.1);
        Deadline deadline = Deadline.after(Duration.ofMillis(1_500));
        try (HistogramBooster booster =
                HistogramBooster.of(data, settings, context().withDeadline(deadline))) {
            while (booster.update() && !deadline.isOver()) {
                assertThat(deadline.isCancelled()).isFalse();
            }
            assertThat(deadline.remainingNanos()).isZero();
            assertThat(booster.ensemble().trees()).isPositive();
        } catch (DeadlineExceededException e) {
            assertThat(e).hasMessageContaining("first round");
        }
    }

    @Test
    void withoutTimeForOneRoundItSaysSo() {
        TrainingData data = made(2_000, 5, 2);
        Deadline over = Deadline.after(Duration.ZERO);
        assertThatThrownBy(() -> boosted(
                        data, settings(growth(31, 1, 0), 0.1), 1, context().withDeadline(over)))
                .isInstanceOf(DeadlineExceededException.class);
    }
}
