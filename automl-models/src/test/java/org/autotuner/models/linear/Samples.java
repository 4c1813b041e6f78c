package org.autotuner.models.linear;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.autotuner.metric.Metric;
import org.autotuner.model.TrainingData;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.Scorer;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/** Small data with known answers. */
final class Samples {

    static final Task BINARY = new BinaryTask("y", "no", "yes");
    static final Task REAL = new RegressionTask("y");

    /** The mean loss that suits the task: log loss or mean squared error. */
    static final Metric LOSS = new Metric() {
        @Override
        public String name() {
            return "loss";
        }

        @Override
        public boolean isHigherBetter() {
            return false;
        }

        @Override
        public boolean supports(Task task) {
            return true;
        }

        @Override
        public double score(Target truth, Predictions predictions, Weights weights) {
            double sum = 0;
            for (int row = 0; row < truth.size(); row++) {
                sum += truth.hasLabels()
                        ? -Math.log(Math.max(1e-15, predictions.probability(row, truth.label(row))))
                        : Math.pow(predictions.value(row) - truth.value(row), 2);
            }
            return sum / truth.size();
        }
    };

    private Samples() {}

    static Task classes(int count) {
        return new MulticlassTask(
                "y", IntStream.range(0, count).mapToObj(k -> "c" + k).toList());
    }

    static FeatureMatrix matrix(int width, float... values) {
        List<Feature> features = IntStream.range(0, width)
                .mapToObj(j -> new Feature("x" + j, "x" + j, 0))
                .toList();
        return FeatureMatrix.dense(features, values.length / width, values);
    }

    static FeatureMatrix gaussian(int rows, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return matrix(width, values);
    }

    /** Labels drawn with the odds of a score. */
    static TrainingData logistic(int rows, int width, long seed, ToDoubleFunction<float[]> score) {
        FeatureMatrix features = gaussian(rows, width, seed);
        SplittableRandom random = new SplittableRandom(seed + 1);
        int[] labels = IntStream.range(0, rows)
                .map(row -> random.nextDouble() < 1 / (1 + Math.exp(-score.applyAsDouble(row(features, row)))) ? 1 : 0)
                .toArray();
        return new TrainingData(BINARY, features, Target.ofLabels(labels), Weights.none(), null);
    }

    /** Values of a function of the rows plus noise. */
    static TrainingData real(
            int rows, int width, long seed, ToDoubleFunction<float[]> value, DoubleUnaryOperator noise) {
        FeatureMatrix features = gaussian(rows, width, seed);
        SplittableRandom random = new SplittableRandom(seed + 1);
        double[] values = IntStream.range(0, rows)
                .mapToDouble(
                        row -> value.applyAsDouble(row(features, row)) + noise.applyAsDouble(random.nextGaussian()))
                .toArray();
        return new TrainingData(REAL, features, Target.ofValues(values), Weights.none(), null);
    }

    static float[] row(FeatureMatrix features, int row) {
        float[] values = new float[features.width()];
        for (int j = 0; j < values.length; j++) {
            values[j] = features.at(row, j);
        }
        return values;
    }

    static TrainingData withTask(TrainingData data, Task task) {
        return new TrainingData(task, data.features(), data.target(), data.weights(), data.validation());
    }

    static double[] score(Scorer scorer, FeatureMatrix features) {
        double[] all = new double[features.rows() * scorer.outputs()];
        double[] out = new double[scorer.outputs()];
        var cursor = features.cursor();
        for (int row = 0; row < features.rows(); row++) {
            scorer.score(cursor.to(row), out);
            System.arraycopy(out, 0, all, row * out.length, out.length);
        }
        return all;
    }

    static double loss(Scorer scorer, TrainingData data) {
        Predictions predictions = Predictions.of(data.task(), score(scorer, data.features()));
        return LOSS.error(data.target(), predictions, data.weights());
    }
}
