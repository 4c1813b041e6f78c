package org.autotuner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.data.Table;
import org.autotuner.execute.StudyData;
import org.autotuner.fakes.Samples;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Predictions;
import org.autotuner.split.Fold;
import org.autotuner.task.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningBlendTest {

    private static final int ROWS = 400;

    /** A study of the kind with the metric that such tasks are compared by. */
    static StudyData study(String kind, int rows) {
        Table table =
                switch (kind) {
                    case "binary" -> Samples.binary(rows, 3);
                    case "multiclass" -> Samples.multiclass(rows, 3);
                    default -> Samples.regression(rows, 3);
                };
        Metric metric =
                switch (kind) {
                    case "binary" -> Metrics.rocAuc();
                    case "multiclass" -> Metrics.logLoss();
                    default -> Metrics.rmse();
                };
        return Samples.study(table, 4, metric);
    }

    /** Predictions that know the truth up to noise of their own; by class they are probabilities. */
    static Predictions noisy(StudyData data, double noise, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int outputs = data.task().outputs();
        Target truth = data.target();
        double[] predicted = new double[truth.size() * outputs];
        for (int row = 0; row < truth.size(); row++) {
            double sum = 0;
            for (int k = 0; k < outputs; k++) {
                double at = data.task().isClassification() && outputs > 1
                        ? (truth.label(row) == k ? 1 : 0)
                        : truth.value(row);
                double value = at + noise * random.nextGaussian();
                predicted[row * outputs + k] =
                        data.task().isClassification() ? 1 / (1 + Math.exp(-2 * (value - 0.5))) : value;
                sum += predicted[row * outputs + k];
            }
            for (int k = 0; k < outputs && outputs > 1; k++) {
                predicted[row * outputs + k] /= sum;
            }
        }
        return Predictions.of(data.task(), predicted);
    }

    private static RunningBlend blend(StudyData data) {
        return new RunningBlend(
                data, EvaluationRows.of(data.folds(), data.target().size(), 1));
    }

    private static double add(RunningBlend blend, Predictions predictions) {
        return blend.add(blend.sample(predictions));
    }

    @ParameterizedTest
    @ValueSource(strings = {"regression", "binary", "multiclass"})
    void whatErrsElsewhereIsAGainAndWhatRepeatsIsNone(String kind) {
        StudyData data = study(kind, ROWS);
        RunningBlend blend = blend(data);
        assertThat(add(blend, noisy(data, 1, 1))).as("the first").isZero();
        double second = add(blend, noisy(data, 1, 2));
        double third = add(blend, noisy(data, 1, 3));
        assertThat(second).as("the second").isBetween(0.02, 1.0);
        assertThat(third).as("the third").isBetween(0.005, 1.0);
        assertThat(add(blend, noisy(data, 1, 1))).as("the first again").isLessThan(0.1 * third);
        assertThat(add(blend, noisy(data, 30, 4))).as("mere noise").isLessThan(0.1 * third);
    }

    @ParameterizedTest
    @ValueSource(strings = {"regression", "binary", "multiclass"})
    void whatIsFarBetterTakesTheWholeBlend(String kind) {
        StudyData data = study(kind, ROWS);
        RunningBlend blend = blend(data);
        add(blend, noisy(data, 3, 1));
        assertThat(add(blend, noisy(data, 0.05, 2))).isGreaterThan(0.5);
        assertThat(add(blend, noisy(data, 0.05, 2)))
                .as("nothing of the poor one is left")
                .isLessThan(0.01);
    }

    @ParameterizedTest
    @ValueSource(strings = {"regression", "binary", "multiclass"})
    void oneFoldPromisesAboutWhatAllTellThen(String kind) {
        StudyData data = study(kind, 8_000);
        RunningBlend blend = blend(data);
        Predictions first = noisy(data, 1, 1);
        assertThat(promised(blend, data, first)).as("nothing to add to").isNaN();
        add(blend, first);
        Predictions other = noisy(data, 1, 2);
        double promised = promised(blend, data, other);
        assertThat(promised(blend, data, noisy(data, 30, 4))).as("mere noise").isLessThan(0.005);
        assertThat(promised(blend, data, first)).as("the first again").isLessThan(0.005);
        assertThat(promised(blend, data, other)).as("it changes nothing").isEqualTo(promised);
        assertThat(promised).isCloseTo(add(blend, other), withinPercentage(25));
    }

    @Test
    void aFoldOfFewRowsTellsNothing() {
        StudyData data = study("regression", 2_000);
        RunningBlend blend = blend(data);
        add(blend, noisy(data, 1, 1));
        assertThat(promised(blend, data, noisy(data, 1, 2))).isNaN();
    }

    /** By the first fold. */
    private static double promised(RunningBlend blend, StudyData data, Predictions whole) {
        Fold fold = data.folds().get(0);
        return blend.promised(
                fold,
                places -> whole.select(IntStream.of(places)
                        .map(place -> fold.validation()[place])
                        .toArray()));
    }

    @Test
    void theGainIsTheShareByWhichTheErrorFalls() {
        StudyData data = study("regression", ROWS);
        RunningBlend blend = blend(data);
        add(blend, Predictions.of(data.task(), shifted(data, 1)));
        // Half of what is 1 too high and half of what is 0.5 too low are 0.25 too high: an RMSE of 0.25 instead of 1.
        // Three quarters of the second are 0.125 too low.
        assertThat(add(blend, Predictions.of(data.task(), shifted(data, -0.5)))).isCloseTo(0.875, within(1e-9));
    }

    private static double[] shifted(StudyData data, double by) {
        double[] values = new double[data.target().size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = data.target().value(row) + by;
        }
        return values;
    }

    /**
     * The first model, disturbed by noise that has nothing to do with the truth: a part of it helps a half of the rows by
     * luck with a probability of a half, and what was chosen on the other half helps in about a quarter of all cases, where
     * both halves are lucky. Without the other half it would be three quarters.
     */
    @Test
    void luckOnOneHalfOfTheRowsIsNoGain() {
        StudyData data = study("regression", 60);
        Predictions first = noisy(data, 1, 0);
        int gains = 0;
        for (long seed = 1; seed <= 200; seed++) {
            RunningBlend blend = blend(data);
            add(blend, first);
            SplittableRandom random = new SplittableRandom(seed);
            double[] disturbed = first.toArray();
            for (int i = 0; i < disturbed.length; i++) {
                disturbed[i] += 0.3 * random.nextGaussian();
            }
            gains += add(blend, Predictions.of(data.task(), disturbed)) > 0 ? 1 : 0;
        }
        assertThat(gains).as("gains of 200").isLessThan(90);
    }

    @Test
    void theRowsOfTheHonestScoreAreNeverLookedAt() {
        StudyData data = study("regression", 12_000);
        EvaluationRows rows = EvaluationRows.of(data.folds(), 12_000, 1);
        RunningBlend blend = new RunningBlend(data, rows);
        double[] outputs = new double[12_000];
        for (int position : rows.report()) {
            outputs[position] = Double.NaN;
        }
        for (double[] half : blend.sample(Predictions.of(data.task(), outputs))) {
            assertThat(half).isNotEmpty().doesNotContain(Double.NaN);
        }
    }

    @Test
    void ofManyRowsASampleIsHeldThatIsTheSameEachTime() {
        StudyData data = study("binary", 40_000);
        Predictions predictions = noisy(data, 1, 1);
        double[][] held = blend(data).sample(predictions);
        assertThat(held[0].length + held[1].length).isEqualTo(20_000);
        assertThat(blend(data).sample(predictions)).isDeepEqualTo(held);
    }

    @Test
    void aMetricThatIsNotDefinedGivesNoGain() {
        Table table = Samples.binary(60, 3);
        StudyData data = Samples.study(table, 3, Metrics.rocAuc());
        int[] labels = new int[60];
        StudyData oneClass = new StudyData(
                data.features(),
                data.task(),
                Target.ofLabels(labels),
                data.weights(),
                data.metric(),
                data.folds(),
                data.seed());
        RunningBlend blend = blend(oneClass);
        assertThat(add(blend, noisy(data, 1, 1))).isZero();
        assertThat(add(blend, noisy(data, 1, 2))).isZero();
    }
}
