package org.autotuner.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

/** What holds for every metric: its name, its direction, what it refuses; and the edges of single ones. */
class MetricsTest {

    private static final Task BINARY = new BinaryTask("y", "no", "yes");
    private static final Task THREE = new MulticlassTask("y", List.of("a", "b", "c"));
    private static final Task REAL = new RegressionTask("y");
    private static final Task QUANTILES = new QuantileTask("y", List.of(.1, .9));

    @Test
    void everyMetricHasItsNameAndDirection() {
        Map<String, Boolean> directions = new TreeMap<>();
        for (Metric metric : List.of(
                Metrics.rocAuc(),
                Metrics.prAuc(),
                Metrics.accuracy(),
                Metrics.balancedAccuracy(),
                Metrics.precision(),
                Metrics.recall(),
                Metrics.f1(),
                Metrics.f1Macro(),
                Metrics.f1Micro(),
                Metrics.f1Weighted(),
                Metrics.mcc(),
                Metrics.cohenKappa(),
                Metrics.topKAccuracy(3),
                Metrics.r2(),
                Metrics.logLoss(),
                Metrics.brier(),
                Metrics.errorRate(),
                Metrics.rmse(),
                Metrics.mae(),
                Metrics.mape(),
                Metrics.smape(),
                Metrics.rmsle(),
                Metrics.medianAbsoluteError(),
                Metrics.pinball())) {
            directions.put(metric.name(), metric.isHigherBetter());
        }
        List<String> higher = List.of(
                "accuracy",
                "balanced_accuracy",
                "cohen_kappa",
                "f1",
                "f1_macro",
                "f1_micro",
                "f1_weighted",
                "mcc",
                "pr_auc",
                "precision",
                "r2",
                "recall",
                "roc_auc",
                "top_3_accuracy");
        assertThat(directions).hasSize(24);
        directions.forEach(
                (name, isHigherBetter) -> assertThat(isHigherBetter).as(name).isEqualTo(higher.contains(name)));
        assertThat(directions.keySet()).containsAll(higher).contains("smape", "rmsle", "median_absolute_error");
        assertThat(Metrics.rmse()).hasToString("rmse");
    }

    @Test
    void anErrorTurnsBackIntoItsScore() {
        for (Metric metric : Metrics.all()) {
            for (double score : new double[] {-0.5, 0, 0.25, 1, 3}) {
                assertThat(metric.scoreOf(metric.errorOf(score)))
                        .as(metric.name())
                        .isEqualTo(score);
            }
        }
        assertThat(Metrics.accuracy().scoreOf(0.1)).isEqualTo(0.9);
        assertThat(Metrics.rmse().scoreOf(0.1)).isEqualTo(0.1);
    }

    @Test
    void aUsersMetricIsFoundByNameAndOfferedForItsTasksOnly() {
        Metric metric = Metrics.byName("cost_of_missed_hits");
        Task hits = new BinaryTask(CostOfMissedHits.TARGET, "no", "yes");
        assertThat(Metrics.of(hits)).extracting(Metric::name).contains("cost_of_missed_hits");
        assertThat(Metrics.of(BINARY)).extracting(Metric::name).doesNotContain("cost_of_missed_hits");
        Predictions said = Predictions.of(hits, new double[] {0.1, 0.9});
        assertThat(metric.error(Target.ofLabels(1, 1), said, Weights.none())).isEqualTo(7);
    }

    @Test
    void metricsSupportTheirOwnTasksOnly() {
        for (Metric metric : Metrics.all()) {
            boolean labels = metric.supports(THREE);
            assertThat(labels && metric.supports(REAL)).as(metric.name()).isFalse();
            assertThat(metric.supports(QUANTILES))
                    .as(metric.name())
                    .isEqualTo(metric.name().equals("pinball"));
        }
        for (String binaryOnly : List.of("precision", "recall", "f1")) {
            assertThat(Metrics.byName(binaryOnly).supports(BINARY)).isTrue();
            assertThat(Metrics.byName(binaryOnly).supports(THREE)).isFalse();
        }
        assertThat(Metrics.topKAccuracy(3).supports(THREE)).isTrue();
        assertThat(Metrics.topKAccuracy(3).supports(REAL)).isFalse();
        assertThatThrownBy(() -> Metrics.topKAccuracy(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Metrics.topKAccuracy(1).name()).isEqualTo("top_1_accuracy");
    }

    @Test
    void everyMetricRefusesMoreTrueValuesThanPredictions() {
        for (Task task : List.of(BINARY, THREE, REAL, QUANTILES)) {
            Target truth = task.isClassification() ? Target.ofLabels(0, 1, 0) : Target.ofValues(1, 2, 3);
            Predictions two = Predictions.of(task, new double[2 * task.outputs()]);
            for (Metric metric : Metrics.of(task)) {
                assertThatThrownBy(() -> metric.score(truth, two, Weights.none()))
                        .as(metric.name())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("3 true values");
            }
        }
    }

    @Test
    void theMedianOfAnEvenCountLiesHalfWay() {
        Metric median = Metrics.medianAbsoluteError();
        Target zeros = Target.ofValues(0, 0, 0, 0);
        Predictions said = Predictions.of(REAL, new double[] {4, -1, 2, 10});
        assertThat(median.score(zeros, said, Weights.none())).isEqualTo(3);
        assertThat(median.score(zeros, said, Weights.of(1, 1, 1, 0))).isEqualTo(2);
        // below 10 lie 3 of 6: half-way between 4 and 10
        assertThat(median.score(zeros, said, Weights.of(1, 1, 1, 3))).isEqualTo(7);
        assertThat(median.score(zeros, said, Weights.of(1, 1, 1, 4))).isEqualTo(10);
        assertThat(median.score(Target.ofValues(), Predictions.of(REAL, new double[0]), Weights.none()))
                .isNaN();
    }

    @Test
    void predictionsThatAreNotANumberGiveNoScore() {
        Target truth = Target.ofLabels(0, 1, 1);
        Predictions broken = Predictions.of(BINARY, new double[] {0.1, Double.NaN, 0.8});
        for (Metric metric : List.of(Metrics.rocAuc(), Metrics.prAuc(), Metrics.logLoss(), Metrics.brier())) {
            assertThat(metric.score(truth, broken, Weights.none()))
                    .as(metric.name())
                    .isNaN();
            assertThat(metric.score(truth, broken, Weights.of(1, 1, 2)))
                    .as(metric.name())
                    .isNaN();
            // a row without weight is not looked at
            assertThat(metric.score(truth, broken, Weights.of(1, 0, 2)))
                    .as(metric.name())
                    .isNotNaN();
        }
        Predictions three = Predictions.of(THREE, new double[] {Double.NaN, .5, .5});
        assertThat(Metrics.logLoss().score(Target.ofLabels(1), three, Weights.none()))
                .isNaN();
        Predictions nothing = Predictions.of(THREE, new double[3]);
        assertThat(Metrics.logLoss().score(Target.ofLabels(1), nothing, Weights.none()))
                .isCloseTo(-Math.log(1e-15), within(1e-9));
    }

    @Test
    void rankingsRunFromTheMostProbableDown() {
        Predictions said = Predictions.of(BINARY, new double[] {0.2, 0.9, 0.2, 0.4});
        Ranking ranking = Ranking.of(Target.ofLabels(1, 1, 0, 0), said, Weights.of(1, 2, 3, 0), 1);
        assertThat(ranking.size()).isEqualTo(2);
        assertThat(ranking.score(0)).isEqualTo(0.9);
        assertThat(ranking.score(1)).isEqualTo(0.2);
        assertThat(ranking.positive(1)).isEqualTo(1);
        assertThat(ranking.negative(1)).isEqualTo(3);
        assertThat(ranking.hasNan()).isFalse();
        assertThat(Ranking.of(Target.ofLabels(), Predictions.of(BINARY, new double[0]), Weights.none(), 1)
                        .hasNan())
                .isFalse();
    }

    @Test
    void classesThatAreAbsentFromTheTruthAreLeftOutOfTheMeanOverClasses() {
        Predictions said = Predictions.of(THREE, new double[] {.8, .1, .1, .2, .7, .1, .5, .2, .3});
        Target twoOfThree = Target.ofLabels(0, 1, 0);
        assertThat(Metrics.prAuc().score(twoOfThree, said, Weights.none())).isEqualTo(1);
        assertThat(Metrics.rocAuc().score(twoOfThree, said, Weights.none())).isEqualTo(1);
        assertThat(Metrics.rocAuc().score(Target.ofLabels(0, 0, 0), said, Weights.none()))
                .isNaN();
    }
}
