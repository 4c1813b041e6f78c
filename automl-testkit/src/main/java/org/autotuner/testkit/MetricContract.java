package org.autotuner.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every metric promises. Extend it and return your metrics, registered as services, from {@link #metrics()}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class MetricContract {

    private static final int ROWS = 40;
    private static final double TOLERANCE = 1e-9;

    private static final List<Task> TASKS = List.of(
            new BinaryTask("y", "no", "yes"),
            new MulticlassTask("y", List.of("a", "b", "c", "d", "e", "f", "g")),
            new RegressionTask("y"),
            new QuantileTask("y", List.of(0.1, 0.5, 0.9)));

    /** The metrics to test, at least one. */
    protected abstract Stream<Metric> metrics();

    @ParameterizedTest
    @MethodSource("metrics")
    void supportsATask(Metric metric) {
        assertThat(TASKS).anyMatch(metric::supports);
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void isFoundByItsName(Metric metric) {
        assertThat(metric.name()).matches("[a-z][a-z0-9_]*");
        assertThat(Metrics.byName(metric.name()).name()).isEqualTo(metric.name());
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void theOrderOfRowsDoesNotMatter(Metric metric) {
        each(metric, sample -> {
            int[] turned = new int[ROWS];
            Arrays.setAll(turned, i -> (i * 7 + 3) % ROWS);
            same(metric, sample, sample.select(turned));
        });
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void weightTwoIsTheRowTwice(Metric metric) {
        each(metric, sample -> {
            int[] repeated = new int[ROWS + ROWS / 2];
            double[] weights = new double[ROWS];
            for (int i = 0; i < ROWS; i++) {
                repeated[i] = i;
                weights[i] = i < ROWS / 2 ? 2 : 1;
            }
            for (int i = 0; i < ROWS / 2; i++) {
                repeated[ROWS + i] = i;
            }
            same(metric, sample.weighted(Weights.of(weights)), sample.select(repeated));
        });
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void weightZeroIsTheRowAbsent(Metric metric) {
        each(metric, sample -> {
            double[] weights = new double[ROWS];
            Arrays.fill(weights, 0, ROWS / 2, 1);
            int[] kept = new int[ROWS / 2];
            Arrays.setAll(kept, i -> i);
            same(metric, sample.weighted(Weights.of(weights)), sample.select(kept));
        });
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void nothingBeatsThePerfectPrediction(Metric metric) {
        each(metric, sample -> {
            double perfect = metric.error(sample.truth(), sample.perfect(), Weights.none());
            assertThat(perfect).isLessThanOrEqualTo(sample.error(metric) + TOLERANCE);
        });
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void theErrorFallsWhereTheScoreImproves(Metric metric) {
        double better = metric.isHigherBetter() ? 0.9 : 0.1;
        double worse = metric.isHigherBetter() ? 0.1 : 0.9;
        assertThat(metric.errorOf(better)).isLessThan(metric.errorOf(worse));
    }

    private static void each(Metric metric, java.util.function.Consumer<Sample> check) {
        for (Task task : TASKS) {
            for (long seed = 0; seed < 5 && metric.supports(task); seed++) {
                check.accept(Sample.of(task, seed));
            }
        }
    }

    private static void same(Metric metric, Sample first, Sample second) {
        double expected = first.error(metric);
        assertThat(second.error(metric))
                .as(
                        "%s, %s task, seed %d",
                        metric.name(), first.predictions().task().kind(), first.seed())
                .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
    }

    private record Sample(Target truth, Predictions predictions, Weights weights, long seed) {

        static Sample of(Task task, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] outputs = new double[ROWS * task.outputs()];
            int[] labels = new int[ROWS];
            double[] values = new double[ROWS];
            for (int row = 0; row < ROWS; row++) {
                labels[row] = task.isClassification() ? row % task.labels().size() : 0;
                values[row] = 1 + random.nextInt(50);
                double sum = 0;
                for (int k = 0; k < task.outputs(); k++) {
                    // a coarse grid, so that there are ties
                    outputs[row * task.outputs() + k] = (1 + random.nextInt(10)) / 11.0;
                    sum += outputs[row * task.outputs() + k];
                }
                for (int k = 0; task instanceof MulticlassTask && k < task.outputs(); k++) {
                    outputs[row * task.outputs() + k] /= sum;
                }
            }
            Target truth = task.isClassification() ? Target.ofLabels(labels) : Target.ofValues(values);
            return new Sample(truth, Predictions.of(task, outputs), Weights.none(), seed);
        }

        double error(Metric metric) {
            return metric.error(truth, predictions, weights);
        }

        Sample select(int[] rows) {
            return new Sample(truth.select(rows), predictions.select(rows), weights.select(rows), seed);
        }

        Sample weighted(Weights given) {
            return new Sample(truth, predictions, given, seed);
        }

        Predictions perfect() {
            Task task = predictions.task();
            double[] outputs = new double[ROWS * task.outputs()];
            for (int row = 0; row < ROWS; row++) {
                for (int k = 0; k < task.outputs(); k++) {
                    outputs[row * task.outputs() + k] =
                            task instanceof MulticlassTask ? (truth.label(row) == k ? 1 : 0) : truth.value(row);
                }
            }
            return Predictions.of(task, outputs);
        }
    }
}
