package org.autotuner.examples.bench.train;

import java.util.SplittableRandom;
import org.autotuner.data.Column;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;
import org.autotuner.models.torch.NetworkRows;
import org.autotuner.models.torch.NetworkTargets;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;

/**
 * Standardised numbers and labels.
 *
 * @param numbers rows x width
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TrainRows(String name, int rows, int width, int classes, float[] numbers, int[] labels) {

    /** A table of numbers with a target of classes. */
    public static TrainRows of(String name, Table table, String target) {
        Task task = Tasks.classification(table, target);
        Target labels = Tasks.encode(task, table);
        Table features = table.without(target);
        int rows = table.rowCount();
        int width = features.schema().fields().size();
        float[] numbers = new float[rows * width];
        for (int f = 0; f < width; f++) {
            Column column = features.column(features.schema().fields().get(f).name());
            double[] values = new double[rows];
            double mean = 0;
            for (int row = 0; row < rows; row++) {
                values[row] = ((NumericColumn) column).number(row);
                mean += values[row] / rows;
            }
            double squares = 0;
            for (double value : values) {
                squares += (value - mean) * (value - mean) / rows;
            }
            for (int row = 0; row < rows; row++) {
                numbers[row * width + f] = (float) ((values[row] - mean) / Math.sqrt(squares));
            }
        }
        int[] classes = new int[rows];
        java.util.Arrays.setAll(classes, labels::label);
        return new TrainRows(name, rows, width, task.outputs(), numbers, classes);
    }

    /** Normal numbers in the shape of the data set letter; the class is told by a random linear map. */
    public static TrainRows made() {
        int rows = 16_000;
        int width = 16;
        int classes = 26;
        SplittableRandom random = new SplittableRandom(1);
        double[] map = new double[width * classes];
        java.util.Arrays.setAll(map, i -> random.nextGaussian());
        float[] numbers = new float[rows * width];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            double[] scores = new double[classes];
            for (int f = 0; f < width; f++) {
                double number = random.nextGaussian();
                numbers[row * width + f] = (float) number;
                for (int k = 0; k < classes; k++) {
                    scores[k] += number * map[f * classes + k];
                }
            }
            for (int k = 1; k < classes; k++) {
                labels[row] = scores[k] > scores[labels[row]] ? k : labels[row];
            }
        }
        return new TrainRows("made", rows, width, classes, numbers, labels);
    }

    NetworkRows inputs() {
        return new NetworkRows(rows, numbers, new int[0]);
    }

    NetworkTargets targets() {
        return NetworkTargets.ofLabels(labels, new float[0]);
    }
}
