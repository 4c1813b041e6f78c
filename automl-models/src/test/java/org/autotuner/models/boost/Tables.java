package org.autotuner.models.boost;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.Scorer;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/** Made data of two numbers (one with missing cells and zeros), a category of 5 and one of 60 levels, and noise. */
final class Tables {

    static final List<Feature> FEATURES = List.of(
            new Feature("a", "a", 0),
            new Feature("b", "b", 0),
            new Feature("five", "five", 5),
            new Feature("sixty", "sixty", 60));
    static final int WIDTH = FEATURES.size();

    private Tables() {}

    static Task binary() {
        return new BinaryTask("y", "no", "yes");
    }

    static Task classes(int count) {
        return new MulticlassTask(
                "y", IntStream.range(0, count).mapToObj(k -> "c" + k).toList());
    }

    static Task value() {
        return new RegressionTask("y");
    }

    static Task quantiles() {
        return new QuantileTask("y", List.of(0.1, 0.5, 0.9));
    }

    /** Training rows with half as many validation rows of the same kind. */
    static TrainingData of(Task task, int rows, long seed) {
        return alone(task, rows, seed).withValidation(alone(task, Math.max(2, rows / 2), seed + 1000));
    }

    static TrainingData alone(Task task, int rows, long seed) {
        FeatureMatrix features = features(rows, seed);
        SplittableRandom random = new SplittableRandom(seed + 1);
        double[] signal = IntStream.range(0, rows)
                .mapToDouble(row -> signal(features, row) + 0.3 * random.nextGaussian())
                .toArray();
        Target target = Target.ofValues(IntStream.range(0, rows)
                .mapToDouble(row -> 1000 + 50 * signal[row])
                .toArray());
        if (task.isClassification()) {
            int classes = task.labels().size();
            target = Target.ofLabels(IntStream.range(0, rows)
                    .map(row -> (int) Math.max(0, Math.min(classes - 1, classes * (signal[row] + 2) / 4)))
                    .toArray());
        }
        return new TrainingData(task, features, target, Weights.none(), null);
    }

    static FeatureMatrix features(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] cells = new float[rows * WIDTH];
        for (int row = 0; row < rows; row++) {
            int at = row * WIDTH;
            cells[at] = (float) random.nextGaussian();
            double kind = random.nextDouble();
            cells[at + 1] = kind < 0.1 ? Float.NaN : kind < 0.3 ? 0 : (float) random.nextGaussian();
            cells[at + 2] = random.nextDouble() < 0.1 ? Float.NaN : random.nextInt(5);
            cells[at + 3] = random.nextInt(60);
        }
        return FeatureMatrix.dense(FEATURES, rows, cells);
    }

    private static double signal(FeatureMatrix features, int row) {
        float b = features.at(row, 1);
        float five = features.at(row, 2);
        return Math.sin(2 * features.at(row, 0))
                + (Float.isNaN(b) ? 0.7 : 0.3 * b)
                + (five == 1 || five == 3 ? 0.8 : -0.2)
                + ((int) features.at(row, 3) % 7 == 0 ? 0.9 : -0.1);
    }

    static TrainingData with(TrainingData data, Target target) {
        return new TrainingData(data.task(), data.features(), target, data.weights(), data.validation());
    }

    static TrainingData with(TrainingData data, Weights weights) {
        return new TrainingData(data.task(), data.features(), data.target(), weights, data.validation());
    }

    static TrainingData with(TrainingData data, FeatureMatrix features) {
        return new TrainingData(data.task(), features, data.target(), data.weights(), data.validation());
    }

    /** The features with one cell changed. */
    static FeatureMatrix changed(FeatureMatrix features, int row, int column, float value) {
        float[] cells = features.denseArray().clone();
        cells[row * features.width() + column] = value;
        return FeatureMatrix.dense(features.features(), features.rows(), cells);
    }

    static double[] score(Scorer scorer, FeatureMatrix features) {
        double[] all = new double[features.rows() * scorer.outputs()];
        double[] one = new double[scorer.outputs()];
        var cursor = features.cursor();
        for (int row = 0; row < features.rows(); row++) {
            scorer.score(cursor.to(row), one);
            System.arraycopy(one, 0, all, row * one.length, one.length);
        }
        return all;
    }
}
