package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.autotuner.budget.Deadline;
import org.autotuner.evaluate.Calibration;
import org.autotuner.evaluate.Conformal;
import org.autotuner.execute.StudyData;
import org.autotuner.fakes.Samples;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Predictions;
import org.junit.jupiter.api.Test;

class PostProcessingTest {

    @Test
    void tooSureProbabilitiesAreFlattenedForLogLoss() {
        StudyData data = Samples.study(Samples.binary(200, 4), 2, Metrics.logLoss());
        PostProcessing post = post(data, 0.001, 0.999);
        assertThat(post.calibration().temperature()).isGreaterThan(1.5);
        assertThat(post.threshold()).isEqualTo(0.5);
    }

    @Test
    void aRankingMetricNeedsNoThresholdAndLosesNothingByATemperature() {
        StudyData data = Samples.study(Samples.binary(200, 4), 2, Metrics.rocAuc());
        PostProcessing post = post(data, 0.001, 0.999);
        assertThat(post.calibration().temperature()).isGreaterThan(1.5);
        assertThat(post.threshold()).isEqualTo(0.5);
    }

    @Test
    void theRanksOfSeveralClassesAreLeftAlone() {
        StudyData data = Samples.study(Samples.multiclass(90, 4), 2, Metrics.rocAuc());
        double[] outputs = new double[90 * 3];
        for (int row = 0; row < 90; row++) {
            outputs[3 * row + row % 3] = 1; // far too sure
        }
        assertThat(PostProcessing.of(
                                data,
                                EvaluationRows.of(data.folds(), 90, 1),
                                Predictions.of(data.task(), outputs),
                                Deadline.never())
                        .calibration())
                .isEqualTo(Calibration.NONE);
    }

    @Test
    void aMetricOfDecidedLabelsGetsItsOwnThreshold() {
        StudyData data = Samples.study(Samples.binary(200, 4), 2, Metrics.f1());
        PostProcessing post = post(data, 0.1, 0.3);
        Predictions pair = Predictions.of(data.task(), new double[] {0.1, 0.3});
        Predictions calibrated = post.calibration().apply(pair);
        assertThat(post.threshold())
                .as("between the two probabilities, wherever the temperature puts them")
                .isGreaterThan(calibrated.probability(0, 1))
                .isLessThanOrEqualTo(calibrated.probability(1, 1));
    }

    @Test
    void severalClassesHaveNoThreshold() {
        Metric metric = Metrics.accuracy();
        StudyData data = Samples.study(Samples.multiclass(90, 4), 2, metric);
        double[] outputs = new double[90 * 3];
        java.util.Arrays.fill(outputs, 1.0 / 3);
        assertThat(PostProcessing.of(
                                data,
                                EvaluationRows.of(data.folds(), 90, 1),
                                Predictions.of(data.task(), outputs),
                                Deadline.never())
                        .threshold())
                .isEqualTo(0.5);
    }

    @Test
    void regressionsAreLeftAlone() {
        StudyData data = Samples.study(Samples.regression(50, 4), 2, Metrics.rmse());
        PostProcessing post = PostProcessing.of(
                data,
                EvaluationRows.of(data.folds(), 50, 1),
                Predictions.of(data.task(), new double[50]),
                Deadline.never());
        assertThat(post.calibration()).isEqualTo(Calibration.NONE);
        assertThat(post.threshold()).isEqualTo(0.5);
        assertThat(post.limits()).extracting(Conformal::coverage).containsExactly(0.8, 0.9, 0.95);
    }

    /** Says {@code low} below x = 0.5 and {@code high} above; the target differs near the border. */
    private static PostProcessing post(StudyData data, double low, double high) {
        int rows = data.target().size();
        double[] outputs = new double[rows];
        for (int row = 0; row < rows; row++) {
            double x = ((org.autotuner.data.NumericColumn) data.features().column("x")).number(row);
            outputs[row] = x > 0.5 ? high : low;
        }
        return PostProcessing.of(
                data, EvaluationRows.of(data.folds(), rows, 1), Predictions.of(data.task(), outputs), Deadline.never());
    }
}
