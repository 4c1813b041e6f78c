package org.autotuner.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.bundle.Node;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final Task BINARY = new BinaryTask("y", "no", "yes");

    /** Rows whose label is drawn with the predicted probability. */
    private static Evaluation calibrated(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] labels = new int[rows];
        double[] said = new double[rows];
        for (int i = 0; i < rows; i++) {
            said[i] = random.nextDouble();
            labels[i] = random.nextDouble() < said[i] ? 1 : 0;
        }
        return Evaluation.of(BINARY, Target.ofLabels(labels), Predictions.of(BINARY, said), Weights.none(), seed);
    }

    @Test
    void everyMetricHasAnIntervalAroundItsValue() {
        Evaluation evaluation = calibrated(300, 1);
        assertThat(evaluation.scores()).hasSameSizeAs(Metrics.of(BINARY));
        evaluation.scores().forEach((name, interval) -> assertThat(interval.value())
                .as(name)
                .isBetween(interval.low(), interval.high()));
    }

    @Test
    void intervalsCoverTheTruthAboutNineTimesInTen() {
        // uniform probabilities drawn as labels have ROC AUC 5/6 in the limit
        int covered = 0;
        for (long seed = 0; seed < 40; seed++) {
            Interval interval = calibrated(200, seed).interval(Metrics.rocAuc());
            covered += interval.low() <= 5.0 / 6 && 5.0 / 6 <= interval.high() ? 1 : 0;
        }
        assertThat(covered).isBetween(31, 40);
    }

    @Test
    void onManyRowsTheIntervalIsNarrowed() {
        Interval small = calibrated(Bootstrap.LARGEST, 3).interval(Metrics.rocAuc());
        Interval large = calibrated(Bootstrap.LARGEST * 9, 3).interval(Metrics.rocAuc());
        double ratio = (small.high() - small.low()) / (large.high() - large.low());
        assertThat(ratio).isBetween(2.5, 3.6);
    }

    @Test
    void curvesRunFromCornerToCorner() {
        Evaluation evaluation = calibrated(5000, 2);
        Curve roc = evaluation.curves().get(0);
        assertThat(roc.points().get(0)).isEqualTo(new Curve.Point(0, 0, Double.POSITIVE_INFINITY));
        assertThat(roc.points().get(roc.points().size() - 1).x()).isEqualTo(1);
        assertThat(roc.points().get(roc.points().size() - 1).y()).isEqualTo(1);
        assertThat(roc.points()).hasSizeLessThan(300);
        Curve calibration = evaluation.curves().get(2);
        assertThat(calibration.points()).hasSize(10).allSatisfy(point -> assertThat(point.y())
                .isCloseTo(point.x(), within(0.08)));
    }

    @Test
    void confusionCountsTruthByDecision() {
        Task task = new MulticlassTask("y", List.of("a", "b", "c"));
        Predictions said = Predictions.of(task, new double[] {1, 0, 0, 0, 1, 0, 0, 1, 0});
        Evaluation evaluation = Evaluation.of(task, Target.ofLabels(0, 1, 2), said, Weights.of(1, 2, 3), 1);
        assertThat(evaluation.confusionMatrix().orElseThrow().at(2, 1)).isEqualTo(3);
        assertThat(evaluation.report()).contains("confusion matrix").contains("log_loss");
        JsonObject json = JsonParser.parseString(evaluation.toJson()).getAsJsonObject();
        assertThat(json.getAsJsonObject("metrics")
                        .getAsJsonObject("accuracy")
                        .get("value")
                        .getAsDouble())
                .isEqualTo(.5);
    }

    @Test
    void regressionHasResiduals() {
        Task task = new RegressionTask("y");
        Evaluation evaluation = Evaluation.of(
                task, Target.ofValues(1, 2, 3), Predictions.of(task, new double[] {0, 2, 5}), Weights.none(), 1);
        assertThat(evaluation.residuals()).hasValue(new Residuals(-1.0 / 3, -2, -1, 0, .5, 1));
        assertThat(evaluation.curves()).isEmpty();
        assertThat(JsonParser.parseString(evaluation.toJson()).getAsJsonObject().has("residuals"))
                .isTrue();
    }

    @Test
    void gatesListAllFailures() {
        Evaluation evaluation = calibrated(300, 1);
        QualityGate.that(evaluation)
                .atLeast(Metrics.rocAuc(), 0.7)
                .atMost(Metrics.logLoss(), 0.7)
                .within(evaluation, 0)
                .verify();
        QualityGate.that(evaluation).atLeast(Metrics.rocAuc(), 1, 0.5).verify();
        assertThatThrownBy(() -> QualityGate.that(evaluation)
                        .atLeast(Metrics.rocAuc(), 0.99)
                        .atMost(Metrics.logLoss(), 0.01)
                        .verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("roc_auc")
                .hasMessageContaining("log_loss");
    }

    @Test
    void aGateAgainstABetterBaselineFails() {
        Task task = new RegressionTask("y");
        Target truth = Target.ofValues(1, 2, 3);
        Evaluation good = Evaluation.of(task, truth, Predictions.of(task, new double[] {1, 2, 3.1}), Weights.none(), 1);
        Evaluation bad = Evaluation.of(task, truth, Predictions.of(task, new double[] {1, 2, 3.3}), Weights.none(), 1);
        QualityGate.that(good).within(bad, 0).within(bad, Metrics.mae(), 0).verify();
        assertThatThrownBy(() -> QualityGate.that(bad).within(good, 0.5).verify())
                .isInstanceOf(AssertionError.class);
        QualityGate.that(bad).within(good, 2.1).verify();
    }

    @Test
    void leaderboardsAreSortedAndSurviveWriting() {
        Leaderboard board = Leaderboard.of(
                Metrics.rocAuc(),
                List.of(
                        new Leaderboard.Entry("linear", 1, .8, .01, 2, 1.5, 100, 0),
                        new Leaderboard.Entry("prior", 0, Double.NaN, Double.NaN, 0, .1, 10, 0),
                        new Leaderboard.Entry("boost", 2, .9, .02, 3, 5, 1000, 1)));
        assertThat(board.entries()).extracting(Leaderboard.Entry::family).containsExactly("boost", "linear", "prior");
        Node node = Node.root();
        board.write(node);
        assertThat(Leaderboard.read(node)).isEqualTo(board);
        assertThat(board.toString()).contains("boost").contains("roc_auc");
        assertThat(board.toString().lines().mapToInt(String::length).distinct()).hasSize(1);
    }

    @Test
    void rowsOfOneClassAreEvaluatedAndWhatNeedsTwoIsNotANumber() {
        Evaluation evaluation = Evaluation.of(
                BINARY, Target.ofLabels(1, 1, 1), Predictions.of(BINARY, new double[] {.2, .7, .9}), Weights.none(), 1);
        assertThat(evaluation.score(Metrics.rocAuc())).isNaN();
        assertThat(evaluation.score(Metrics.accuracy())).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(evaluation.score(Metrics.logLoss())).isPositive();
        assertThat(evaluation.report()).contains("accuracy");
        assertThat(JsonParser.parseString(evaluation.toJson()).isJsonObject()).isTrue();
    }

    @Test
    void aThousandClassesAreEvaluatedWithoutCurves() {
        List<String> names = new java.util.ArrayList<>();
        for (int label = 0; label < 1_000; label++) {
            names.add("c" + label);
        }
        Task task = new MulticlassTask("y", names);
        int[] labels = new int[1_000];
        double[] said = new double[1_000_000];
        java.util.Arrays.fill(said, 0.0005);
        for (int row = 0; row < labels.length; row++) {
            labels[row] = row;
            said[row * 1_000 + (row % 4 == 0 ? (row + 1) % 1_000 : row)] = 0.5005;
        }
        Evaluation evaluation =
                Evaluation.of(task, Target.ofLabels(labels), Predictions.of(task, said), Weights.none(), 1);
        assertThat(evaluation.score(Metrics.accuracy())).isCloseTo(0.75, within(1e-12));
        assertThat(evaluation.curves()).isEmpty();
        assertThat(evaluation.confusionMatrix()).isPresent();
    }

    @Test
    void rowsOfWeightZeroDoNotCountAndNegativeWeightsAreRefused() {
        Target truth = Target.ofLabels(1, 0, 1);
        Predictions said = Predictions.of(BINARY, new double[] {.9, .1, .2});
        Evaluation evaluation = Evaluation.of(BINARY, truth, said, Weights.of(1, 1, 0), 1);
        assertThat(evaluation.score(Metrics.accuracy())).isEqualTo(1);
        assertThatThrownBy(() -> Weights.of(1, -1, 1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> Weights.of(0, 0, 0)).hasMessageContaining("0");
    }
}
