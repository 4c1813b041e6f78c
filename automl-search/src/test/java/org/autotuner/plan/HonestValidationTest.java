package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.execute.StudyData;
import org.autotuner.fakes.Samples;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Predictions;
import org.junit.jupiter.api.Test;

class HonestValidationTest {

    @Test
    void onFewRowsTheSelectionIsRepeatedInABootstrap() {
        StudyData data = Samples.study(Samples.regression(200, 1), 2, Metrics.rmse());
        List<FinishedTrial> candidates = noisy(data, 3, 1.0);
        FitReport.Validation validation = validation(data, candidates, Deadline.never());
        assertThat(validation.method()).contains("bootstrap").contains("200");
        assertThat(validation.low()).isLessThanOrEqualTo(validation.value());
        assertThat(validation.high()).isGreaterThanOrEqualTo(validation.value());
    }

    @Test
    void choosingTheLuckiestOfManyWorthlessCandidatesIsNotRewarded() {
        StudyData data = Samples.study(Samples.binary(60, 1), 2, Metrics.rocAuc());
        EvaluationRows rows = EvaluationRows.of(data.folds(), 60, 1);
        OutOfFold outOfFold = new OutOfFold(data, rows);
        SplittableRandom random = new SplittableRandom(9);
        List<FinishedTrial> candidates = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            double[] outputs = random.doubles(60).toArray();
            Predictions predictions = Predictions.of(data.task(), outputs);
            candidates.add(Trials.of(k + 1, "f" + k, outOfFold.error(predictions), predictions, 1));
        }
        candidates.sort(java.util.Comparator.comparingDouble(FinishedTrial::error));
        double luckiest = 1 - candidates.get(0).error();
        FitReport.Validation validation = validation(data, candidates, Deadline.never());
        assertThat(luckiest).as("by luck alone").isGreaterThan(0.58);
        assertThat(validation.value()).isLessThan(luckiest);
        assertThat(validation.low()).as("the truth is 0.5").isLessThan(0.5);
    }

    @Test
    void onManyRowsOnlyRowsThatNoSelectionSawAreScored() {
        StudyData data = Samples.study(Samples.regression(12_000, 1), 2, Metrics.rmse());
        EvaluationRows rows = EvaluationRows.of(data.folds(), 12_000, 1);
        double[] outputs = new double[12_000];
        java.util.Arrays.setAll(outputs, i -> data.target().value(i));
        for (int position : rows.report()) {
            outputs[position] += 2;
        }
        Predictions predictions = Predictions.of(data.task(), outputs);
        FinishedTrial trial = Trials.of(1, "a", 0, predictions, 1);
        FitReport.Validation validation = new HonestValidation(data, rows)
                .of(
                        List.of(trial),
                        new Delivery.Chosen(List.of(new Delivery.Member(trial, 1)), predictions, 0),
                        Deadline.never());
        assertThat(validation.method()).contains("no selection saw");
        assertThat(validation.value())
                .as("perfect on the others, off by 2 here")
                .isCloseTo(2, within(1e-9));
    }

    @Test
    void withoutTimeTheScoreHasNoIntervalAndSaysSo() {
        StudyData data = Samples.study(Samples.regression(80, 1), 2, Metrics.rmse());
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        List<FinishedTrial> candidates = noisy(data, 1, 1.0);
        FitReport.Validation validation = validation(data, candidates, Deadline.unlimited(cancelled));
        assertThat(validation.value()).isCloseTo(candidates.get(0).error(), within(1e-9));
        assertThat(validation.low()).isNaN();
        assertThat(validation.method()).contains("no time");
    }

    private static FitReport.Validation validation(StudyData data, List<FinishedTrial> candidates, Deadline deadline) {
        EvaluationRows rows = EvaluationRows.of(data.folds(), data.target().size(), 1);
        FinishedTrial best = candidates.get(0);
        return new HonestValidation(data, rows)
                .of(
                        candidates,
                        new Delivery.Chosen(List.of(new Delivery.Member(best, 1)), best.outOfFold(), best.error()),
                        deadline);
    }

    /** Candidates whose errors are noise, best first. */
    private static List<FinishedTrial> noisy(StudyData data, int count, double size) {
        EvaluationRows rows = EvaluationRows.of(data.folds(), data.target().size(), 1);
        OutOfFold outOfFold = new OutOfFold(data, rows);
        SplittableRandom random = new SplittableRandom(9);
        List<FinishedTrial> trials = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double[] outputs = new double[data.target().size()];
            java.util.Arrays.setAll(outputs, i -> data.target().value(i) + size * (random.nextDouble() - 0.5));
            Predictions predictions = Predictions.of(data.task(), outputs);
            trials.add(Trials.of(k + 1, "f" + k, outOfFold.error(predictions), predictions, 1));
        }
        trials.sort(java.util.Comparator.comparingDouble(FinishedTrial::error));
        return trials;
    }
}
