package org.autotuner.models.kernel;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.metric.Metric;
import org.autotuner.model.FitContext;
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

/** Points of the plane whose class is the ring they lie in, with a few labels flipped: no line tells them apart. */
final class Rings {

    private static final Metric ACCURACY = new Metric() {
        @Override
        public String name() {
            return "accuracy";
        }

        @Override
        public boolean isHigherBetter() {
            return true;
        }

        @Override
        public boolean supports(Task task) {
            return task.isClassification();
        }

        @Override
        public double score(Target truth, Predictions predictions, Weights weights) {
            return IntStream.range(0, truth.size())
                    .mapToDouble(row -> predictions.mostProbable(row) == truth.label(row) ? 1 : 0)
                    .average()
                    .orElse(Double.NaN);
        }
    };

    private Rings() {}

    static FitContext context() {
        return FitContext.of(ACCURACY, 5);
    }

    static TrainingData labelled(int rows, int classes, long seed) {
        FeatureMatrix features = plane(rows, seed);
        SplittableRandom random = new SplittableRandom(seed + 1);
        int[] labels = IntStream.range(0, rows)
                .map(row -> random.nextDouble() < 0.05
                        ? random.nextInt(classes)
                        : (int) Math.min(classes - 1, classes * radius(features, row) / 2.2))
                .toArray();
        Task task = classes == 2
                ? new BinaryTask("y", "in", "out")
                : new MulticlassTask(
                        "y", IntStream.range(0, classes).mapToObj(k -> "c" + k).toList());
        return new TrainingData(task, features, Target.ofLabels(labels), Weights.none(), null);
    }

    static TrainingData valued(int rows, long seed) {
        FeatureMatrix features = plane(rows, seed);
        SplittableRandom random = new SplittableRandom(seed + 1);
        double[] values = IntStream.range(0, rows)
                .mapToDouble(row -> 50 + 10 * Math.sin(2 * radius(features, row)) + random.nextGaussian())
                .toArray();
        return new TrainingData(new RegressionTask("y"), features, Target.ofValues(values), Weights.none(), null);
    }

    static FeatureMatrix plane(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[2 * rows];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return matrix(2, values);
    }

    static FeatureMatrix matrix(int width, float... values) {
        List<Feature> features = IntStream.range(0, width)
                .mapToObj(j -> new Feature("x" + j, "x" + j, 0))
                .toList();
        return FeatureMatrix.dense(features, values.length / width, values);
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

    static double accuracy(Scorer scorer, TrainingData data) {
        Predictions predictions = Predictions.of(data.task(), score(scorer, data.features()));
        return ACCURACY.score(data.target(), predictions, data.weights());
    }

    private static double radius(FeatureMatrix features, int row) {
        return Math.hypot(features.at(row, 0), features.at(row, 1));
    }
}
