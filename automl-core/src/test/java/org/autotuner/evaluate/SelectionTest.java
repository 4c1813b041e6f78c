package org.autotuner.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final Task BINARY = new BinaryTask("y", "no", "yes");
    private static final Task REAL = new RegressionTask("y");

    private static Target coins(int rows, SplittableRandom random) {
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = random.nextInt(2);
        }
        return Target.ofLabels(labels);
    }

    private static Predictions noise(int rows, SplittableRandom random) {
        return Predictions.of(BINARY, random.doubles(rows).toArray());
    }

    @Test
    void theBestOfManyGuessersIsNotBelieved() {
        SplittableRandom random = new SplittableRandom(5);
        Target truth = coins(100, random);
        List<Predictions> candidates = new ArrayList<>();
        double flattered = 0;
        Metric metric = Metrics.rocAuc();
        for (int i = 0; i < 50; i++) {
            candidates.add(noise(100, random));
            flattered = Math.max(flattered, metric.score(truth, candidates.get(i), Weights.none()));
        }
        HonestScore honest = HonestScore.bootstrap(
                truth,
                Weights.none(),
                metric,
                candidates,
                HonestScore.best(truth, Weights.none(), metric, candidates),
                200,
                1,
                Deadline.never());
        assertThat(flattered).isGreaterThan(0.6);
        assertThat(honest.interval().value()).isLessThan(flattered - 0.04);
        assertThat(honest.interval().low()).isLessThan(0.5);
        assertThat(honest.resamples()).isEqualTo(200);
    }

    @Test
    void withOneCandidateTheScoreIsKept() {
        SplittableRandom random = new SplittableRandom(6);
        Target truth = coins(300, random);
        Predictions only = noise(300, random);
        HonestScore honest = HonestScore.bootstrap(
                truth,
                Weights.none(),
                Metrics.brier(),
                List.of(only),
                rows -> new double[] {1},
                300,
                1,
                Deadline.never());
        assertThat(honest.interval().value())
                .isCloseTo(Metrics.brier().score(truth, only, Weights.none()), within(0.01));
    }

    @Test
    void heldOutRowsGiveTheirOwnScoreWithAnInterval() {
        SplittableRandom random = new SplittableRandom(6);
        Target truth = coins(10_000, random);
        Predictions said = noise(10_000, random);
        HonestScore honest =
                HonestScore.ofHeldOut(truth, Weights.none(), Metrics.rocAuc(), said, 200, 1, Deadline.never());
        assertThat(honest.value()).isEqualTo(Metrics.rocAuc().score(truth, said, Weights.none()));
        assertThat(honest.low()).isLessThan(honest.value());
        // standard error of a chance AUC: sqrt((n + 1) / (12 n+ n-)) = 0.0058; 90 % is 3.29 of them
        assertThat(honest.high() - honest.low()).isCloseTo(0.019, within(0.004));
    }

    @Test
    void aCancelledCorrectionSaysSo() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        assertThatThrownBy(() -> HonestScore.bootstrap(
                        Target.ofLabels(0, 1),
                        Weights.none(),
                        Metrics.brier(),
                        List.of(Predictions.of(BINARY, new double[] {0, 1})),
                        rows -> new double[] {1},
                        10,
                        1,
                        Deadline.unlimited(cancellation)))
                .isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void tooSurePredictionsAreCooledAndGoodOnesLeftAlone() {
        SplittableRandom random = new SplittableRandom(7);
        int rows = 4000;
        int[] labels = new int[rows];
        double[] right = new double[rows];
        double[] sure = new double[rows];
        for (int i = 0; i < rows; i++) {
            double logit = random.nextDouble(-3, 3);
            right[i] = 1 / (1 + Math.exp(-logit));
            sure[i] = 1 / (1 + Math.exp(-3 * logit));
            labels[i] = random.nextDouble() < right[i] ? 1 : 0;
        }
        Target truth = Target.ofLabels(labels);
        Predictions said = Predictions.of(BINARY, sure);
        Calibration calibration = Calibration.fit(truth, said, Weights.none());
        assertThat(calibration.temperature()).isCloseTo(3, within(0.3));
        Predictions cooled = calibration.apply(said);
        assertThat(cooled.output(17, 0)).isCloseTo(right[17], within(0.05));
        assertThat(Metrics.logLoss().score(truth, cooled, Weights.none()))
                .isLessThan(Metrics.logLoss().score(truth, said, Weights.none()));
        assertThat(Calibration.fit(truth, Predictions.of(BINARY, right), Weights.none())
                        .temperature())
                .isCloseTo(1, within(0.1));
        assertThat(Calibration.fit(Target.ofValues(1), Predictions.of(REAL, new double[] {1}), Weights.none()))
                .isEqualTo(Calibration.NONE);
    }

    /** 60 rows that are all right: nobody knows that the next one of 1,000 will be, too. */
    @Test
    void whereAllOfFewRowsAreRightOthersNeedNotBe() {
        int[] labels = new int[60];
        double[] said = new double[60];
        for (int row = 0; row < 60; row++) {
            labels[row] = row % 2;
            said[row] = row % 2 == 0 ? 0.2 : 0.8;
        }
        Predictions predictions = Predictions.of(BINARY, said);
        Calibration calibration = Calibration.fit(Target.ofLabels(labels), predictions, Weights.none());
        assertThat(calibration.apply(predictions).probability(1, 1))
                .as("Platt: 31 of 32")
                .isCloseTo(31.0 / 32, within(1e-3));
    }

    @Test
    void theThresholdThatSeparatesIsFound() {
        Target truth = Target.ofLabels(0, 0, 0, 1, 1);
        Predictions said = Predictions.of(BINARY, new double[] {.01, .02, .05, .2, .3});
        double threshold = Threshold.choose(truth, said, Weights.none(), Metrics.f1());
        assertThat(threshold).isBetween(.05, .2);
        assertThat(Metrics.f1().score(truth, said.withThreshold(threshold), Weights.none()))
                .isEqualTo(1);
        assertThat(Threshold.choose(truth, said, Weights.none(), Metrics.rocAuc()))
                .isEqualTo(0.5);
    }

    @Test
    void conformalIntervalsCoverAsPromised() {
        SplittableRandom random = new SplittableRandom(8);
        double[] values = random.doubles(2000).toArray();
        Conformal conformal = Conformal.fit(Target.ofValues(values), Predictions.of(REAL, new double[2000]), 0.9);
        assertThat(conformal.limit()).isCloseTo(0.9, within(0.03));
        assertThat(conformal.around(2).high()).isEqualTo(2 + conformal.limit());
        assertThat(Conformal.fit(Target.ofValues(1, 2), Predictions.of(REAL, new double[2]), 0.9)
                        .limit())
                .isInfinite();
        // rank ceil(10 x 0.9) = 9 of 9
        assertThat(Conformal.fit(Target.ofValues(1, 2, 3, 4, 5, 6, 7, 8, 9), Predictions.of(REAL, new double[9]), 0.9)
                        .limit())
                .isEqualTo(9);
    }

    @Test
    void labelSetsHoldWhatCannotBeRuledOut() {
        Task task = new MulticlassTask("y", List.of("a", "b", "c"));
        Predictions said = Predictions.of(task, new double[] {.6, .3, .1});
        assertThat(new Conformal(.9, .75).labels(said, 0)).containsExactly("a", "b");
    }

    @Test
    void pairedComparisonSeesASmallButSteadyDifference() {
        SplittableRandom random = new SplittableRandom(9);
        double[] good = random.doubles(200, -1, 1).toArray();
        double[] bad = new double[200];
        for (int i = 0; i < 200; i++) {
            bad[i] = good[i] * 1.1;
        }
        Target truth = Target.ofValues(new double[200]);
        Predictions better = Predictions.of(REAL, good);
        Predictions worse = Predictions.of(REAL, bad);
        Comparison comparison = Comparison.paired(truth, worse, better, Weights.none(), Metrics.rmse(), 500, 1);
        assertThat(comparison.isFirstWorse()).isTrue();
        assertThat(comparison.pValue()).isLessThan(0.01);
        Comparison same = Comparison.paired(truth, better, better, Weights.none(), Metrics.rmse(), 100, 1);
        assertThat(same.isFirstWorse()).isFalse();
        assertThat(same.pValue()).isEqualTo(1);
    }

    @Test
    void holmMultipliesByTheHypothesesLeft() {
        // the example of R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
        assertThat(Comparison.holm(0.01, 0.04, 0.03, 0.005))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
                .containsExactly(0.03, 0.06, 0.06, 0.02);
    }
}
