package org.autotuner.models.neural;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.MulticlassTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/** Rows of three numbers and two categories with missing cells; a smooth function of them is the target. */
final class MadeRows {

    private MadeRows() {}

    static Task task(String kind) {
        return switch (kind) {
            case "binary" -> new BinaryTask("y", "no", "yes");
            case "multiclass" -> new MulticlassTask("y", List.of("a", "b", "c"));
            case "quantile" -> new QuantileTask("y", List.of(0.1, 0.5, 0.9));
            default -> new RegressionTask("y");
        };
    }

    static TrainingData of(Task task, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Feature> features = new ArrayList<>();
        features.add(new Feature("a", "a", 0));
        features.add(new Feature("k", "k", 15));
        features.add(new Feature("b", "b", 0));
        features.add(new Feature("l", "l", 40));
        features.add(new Feature("c", "c", 0));
        float[] cells = new float[rows * 5];
        int[] labels = new int[rows];
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            float a = (float) random.nextGaussian();
            float b = (float) random.nextGaussian();
            float c = (float) random.nextGaussian();
            int k = random.nextInt(15);
            int l = random.nextInt(40);
            boolean isMissing = random.nextInt(20) == 0;
            cells[row * 5] = a;
            cells[row * 5 + 1] = isMissing ? Float.NaN : k;
            cells[row * 5 + 2] = b;
            cells[row * 5 + 3] = l;
            cells[row * 5 + 4] = c;
            double z = Math.sin(2 * a) + a * b + (k % 3 - 1) + 0.1 * random.nextGaussian();
            values[row] = 100 + 10 * z;
            labels[row] = task.labels().size() == 2 ? (z > 0 ? 1 : 0) : z < -0.7 ? 0 : z < 0.7 ? 1 : 2;
        }
        Target target = task.isClassification() ? Target.ofLabels(labels) : Target.ofValues(values);
        return new TrainingData(task, FeatureMatrix.dense(features, rows, cells), target, Weights.none(), null);
    }
}
