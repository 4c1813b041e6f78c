package org.autotuner.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.autotuner.error.OptionException;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reference values by scikit-learn 1.9.1, where nothing else is said. */
class ReferenceValuesTest {

    private static final Offset<Double> EXACT = within(1e-12);

    private static final Task BINARY = new BinaryTask("y", "no", "yes");
    private static final Target TRUTH = Target.ofLabels(0, 1, 1, 0, 1, 0, 1, 0, 0, 1);
    private static final Predictions SAID =
            Predictions.of(BINARY, new double[] {.1, .8, .4, .4, .9, .3, .4, .7, .1, .6});
    private static final Weights WEIGHTS = Weights.of(1, 2, .5, 1, 3, 0, 1.5, 2, 1, .25);

    private static final Task THREE = new MulticlassTask("y", List.of("a", "b", "c"));
    private static final Target TRUTH_3 = Target.ofLabels(0, 1, 2, 2, 1, 0, 2, 1);
    private static final Predictions SAID_3 = Predictions.of(THREE, new double[] {
        .7, .2, .1, .1, .6, .3, .2, .2, .6, .5, .3, .2, .3, .3, .4, .4, .35, .25, .1, .1, .8, .2, .7, .1
    });
    private static final Weights WEIGHTS_3 = Weights.of(1, .5, 2, 1, 3, .25, 1.5, 2);

    private static final Task REAL = new RegressionTask("y");
    private static final Target TRUTH_R = Target.ofValues(3, .5, 2, 7, 0, 4.5);
    private static final Predictions SAID_R = Predictions.of(REAL, new double[] {2.5, 0, 2, 8, .2, 5});
    private static final Weights WEIGHTS_R = Weights.of(1, 2, .5, 1, 1, 3);

    @ParameterizedTest
    @CsvSource({
        "roc_auc, 0.8400000000000001, 0.8482758620689655",
        "pr_auc, 0.8357142857142856, 0.9097473971172529",
        "log_loss, 0.49541055578326476, 0.4777264312673649",
        "brier, 0.169, 0.1657142857142857",
        "accuracy, 0.7, 0.673469387755102",
        "error_rate, 0.3, 0.326530612244898",
        "balanced_accuracy, 0.7, 0.6620689655172414",
        "precision, 0.75, 0.7241379310344828",
        "recall, 0.6, 0.7241379310344828",
        "f1, 0.6666666666666666, 0.7241379310344828",
        "mcc, 0.408248290463863, 0.32413793103448274",
        "cohen_kappa, 0.4, 0.32413793103448274"
    })
    void binaryMetricsAgreeWithTheReference(String name, double plain, double weighted) {
        assertThat(Metrics.byName(name).score(TRUTH, SAID, Weights.none())).isCloseTo(plain, EXACT);
        assertThat(Metrics.byName(name).score(TRUTH, SAID, WEIGHTS)).isCloseTo(weighted, EXACT);
    }

    @ParameterizedTest
    @CsvSource({
        "roc_auc, 0.8722222222222222, 0.9284656549390848",
        "pr_auc, 0.8444444444444444, 0.903030303030303",
        "log_loss, 0.7109807669197309, 0.7228651756962611",
        "brier, 0.388125, 0.3961111111111111",
        "accuracy, 0.75, 0.6444444444444445",
        "balanced_accuracy, 0.7777777777777777, 0.744107744107744",
        "mcc, 0.6428571428571429, 0.4847708305100982",
        "cohen_kappa, 0.627906976744186, 0.44272445820433437",
        "top_2_accuracy, 0.875, 0.9111111111111111",
        "f1_macro, 0.7555555555555555, 0.6585497835497836",
        "precision_macro, 0.7777777777777777, 0.698005698005698",
        "recall_macro, 0.7777777777777777, 0.744107744107744",
        "f1_micro, 0.75, 0.6444444444444445",
        "f1_weighted, 0.75, 0.6394660894660895",
        "precision_weighted, 0.7916666666666666, 0.7660018993352327",
        "recall_weighted, 0.75, 0.6444444444444445"
    })
    void multiclassMetricsAgreeWithTheReference(String name, double plain, double weighted) {
        assertThat(Metrics.byName(name).score(TRUTH_3, SAID_3, Weights.none())).isCloseTo(plain, EXACT);
        assertThat(Metrics.byName(name).score(TRUTH_3, SAID_3, WEIGHTS_3)).isCloseTo(weighted, EXACT);
    }

    @ParameterizedTest
    @CsvSource({
        "rmse, 0.5461989869391313, 0.5466475367288914",
        "mae, 0.45, 0.49411764705882355",
        "r2, 0.9478640776699029, 0.9432402234636872",
        "rmsle, 0.19871149941361618, 0.22134919799205582",
        "median_absolute_error, 0.5, 0.5",
        "smape, 0.7367357788410419, 0.780110704568909"
    })
    void regressionMetricsAgreeWithTheReference(String name, double plain, double weighted) {
        // smape has no scikit-learn function: computed from its definition in numpy
        assertThat(Metrics.byName(name).score(TRUTH_R, SAID_R, Weights.none())).isCloseTo(plain, EXACT);
        assertThat(Metrics.byName(name).score(TRUTH_R, SAID_R, WEIGHTS_R)).isCloseTo(weighted, EXACT);
    }

    @Test
    void relativeErrorOfZeroIsHugeButFinite() {
        assertThat(Metrics.mape().score(TRUTH_R, SAID_R, Weights.none())).isCloseTo(150119987579016.78, within(1.0));
        assertThat(Metrics.mape().score(TRUTH_R, SAID_R, WEIGHTS_R)).isCloseTo(105967050055776.69, within(1.0));
    }

    @Test
    void pinballAveragesOverLevels() {
        double[] outputs = new double[12];
        for (int row = 0; row < 6; row++) {
            outputs[2 * row] = SAID_R.value(row) - .5;
            outputs[2 * row + 1] = SAID_R.value(row) + .5;
        }
        Predictions said = Predictions.of(new QuantileTask("y", List.of(.1, .9)), outputs);
        assertThat(Metrics.pinball().score(TRUTH_R, said, Weights.none())).isCloseTo(0.09166666666666665, EXACT);
        assertThat(Metrics.pinball().score(TRUTH_R, said, WEIGHTS_R)).isCloseTo(0.07941176470588235, EXACT);
    }

    @Test
    void labelsThatNeverOccurAreLeftOutOfMeans() {
        assertThat(Metrics.f1Macro().score(Target.ofLabels(0, 0, 0), decide(0, 2, 0), Weights.none()))
                .isCloseTo(0.4, EXACT);
        assertThat(Metrics.balancedAccuracy().score(Target.ofLabels(0, 0, 1), decide(0, 2, 1), Weights.none()))
                .isCloseTo(0.75, EXACT);
    }

    private static Predictions decide(int... labels) {
        double[] outputs = new double[labels.length * 3];
        for (int row = 0; row < labels.length; row++) {
            outputs[row * 3 + labels[row]] = 1;
        }
        return Predictions.of(THREE, outputs);
    }

    @Test
    void undefinedScoresAreNotANumber() {
        Predictions one = Predictions.of(BINARY, new double[] {.3, .6});
        assertThat(Metrics.rocAuc().score(Target.ofLabels(1, 1), one, Weights.none()))
                .isNaN();
        assertThat(Metrics.rocAuc().score(Target.ofLabels(1, 0), one, Weights.of(1, 0)))
                .isNaN();
        assertThat(Metrics.prAuc().score(Target.ofLabels(0, 0), one, Weights.none()))
                .isNaN();
        assertThat(Metrics.r2().score(Target.ofValues(2, 2), Predictions.of(REAL, new double[] {2, 2}), Weights.none()))
                .isNaN();
        assertThat(Metrics.rocAuc()
                        .score(
                                Target.ofLabels(1, 0),
                                Predictions.of(BINARY, new double[] {Double.NaN, 1}),
                                Weights.none()))
                .isNaN();
    }

    @Test
    void aSureMistakeCostsAFiniteLogLoss() {
        Predictions wrong = Predictions.of(BINARY, new double[] {0});
        assertThat(Metrics.logLoss().score(Target.ofLabels(1), wrong, Weights.none()))
                .isCloseTo(-Math.log(1e-15), EXACT);
        Predictions unscaled = Predictions.of(THREE, new double[] {2, 1, 1});
        assertThat(Metrics.logLoss().score(Target.ofLabels(0), unscaled, Weights.none()))
                .isCloseTo(Math.log(2), EXACT);
    }

    @Test
    void rocAucEqualsTheCountOverAllPairs() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int size = 2 + random.nextInt(60);
            int[] labels = new int[size];
            double[] said = new double[size];
            double[] weights = new double[size];
            for (int i = 0; i < size; i++) {
                labels[i] = i < 2 ? i : random.nextInt(2);
                said[i] = random.nextInt(8) / 8.0;
                weights[i] = 1 + random.nextInt(3);
            }
            Target truth = Target.ofLabels(labels);
            Predictions predictions = Predictions.of(BINARY, said);
            double[] ones = new double[size];
            Arrays.fill(ones, 1);
            assertThat(Metrics.rocAuc().score(truth, predictions, Weights.none()))
                    .as("seed %d", seed)
                    .isCloseTo(pairs(labels, said, ones), EXACT);
            assertThat(Metrics.rocAuc().score(truth, predictions, Weights.of(weights)))
                    .as("seed %d", seed)
                    .isCloseTo(pairs(labels, said, weights), EXACT);
        }
    }

    private static double pairs(int[] labels, double[] said, double[] weights) {
        double won = 0;
        double all = 0;
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < labels.length; j++) {
                if (labels[i] == 1 && labels[j] == 0) {
                    won += weights[i] * weights[j] * (said[i] > said[j] ? 1 : said[i] == said[j] ? 0.5 : 0);
                    all += weights[i] * weights[j];
                }
            }
        }
        return won / all;
    }

    @Test
    void aThresholdMovesDecisions() {
        Predictions said = SAID.withThreshold(.4);
        assertThat(Metrics.recall().score(TRUTH, said, Weights.none())).isEqualTo(1);
        assertThat(Metrics.precision().score(TRUTH, said, Weights.none())).isCloseTo(5.0 / 7, EXACT);
        assertThat(Metrics.rocAuc().score(TRUTH, said, Weights.none())).isCloseTo(.84, EXACT);
    }

    @Test
    void everyTaskHasItsDefaultFirst() {
        assertThat(Metrics.of(BINARY).get(0).name()).isEqualTo("roc_auc");
        assertThat(Metrics.of(THREE).get(0).name()).isEqualTo("log_loss");
        assertThat(Metrics.of(REAL).get(0).name()).isEqualTo("rmse");
        assertThat(Metrics.of(new QuantileTask("y", List.of(.5))))
                .extracting(Metric::name)
                .containsExactly("pinball");
        assertThat(Metrics.of(BINARY))
                .allMatch(metric -> metric.supports(BINARY))
                .doesNotHaveDuplicates();
    }

    @Test
    void namesAreFoundAndUnknownOnesListTheKnown() {
        Metrics.all().forEach(metric -> assertThat(Metrics.byName(metric.name()).name())
                .isEqualTo(metric.name()));
        assertThat(Metrics.byName("top_7_accuracy").name()).isEqualTo("top_7_accuracy");
        assertThatThrownBy(() -> Metrics.byName("auc"))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("roc_auc");
    }

    @Test
    void wrongTaskAndWrongLengthAreRefused() {
        assertThatThrownBy(() -> Metrics.rmse().score(TRUTH, SAID, Weights.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("binary");
        assertThatThrownBy(() -> Metrics.rocAuc().score(Target.ofLabels(0, 1), SAID, Weights.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 true values");
    }
}
