package org.autotuner.train;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.SplittableRandom;

/** Small networks and data for tests. */
final class Networks {

    private Networks() {}

    static Block dense(int hidden, int outputs) {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(hidden).build())
                .add(Activation.tanhBlock())
                .add(Linear.builder().setUnits(outputs).build());
    }

    static Block normalised(int hidden, int outputs, double dropout) {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(hidden).build())
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(new SeededDropout(dropout))
                .add(Linear.builder().setUnits(outputs).build());
    }

    static float[][] normal(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] numbers = new float[rows][columns];
        for (float[] row : numbers) {
            for (int column = 0; column < columns; column++) {
                row[column] = (float) random.nextGaussian();
            }
        }
        return numbers;
    }

    /** Three classes: which of three directions a point lies in. */
    static NetworkData directions(int rows, long seed) {
        float[][] points = normal(rows, 2, seed);
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            double angle = Math.atan2(points[row][1], points[row][0]) + Math.PI;
            labels[row] = Math.min(2, (int) (angle / (2 * Math.PI) * 3));
        }
        return NetworkData.of(RowArray.of(points)).withLabels(labels);
    }

    static double accuracy(float[] outputs, int[] labels) {
        int classes = outputs.length / labels.length;
        int hits = 0;
        for (int row = 0; row < labels.length; row++) {
            int best = 0;
            for (int label = 1; label < classes; label++) {
                if (outputs[row * classes + label] > outputs[row * classes + best]) {
                    best = label;
                }
            }
            hits += best == labels[row] ? 1 : 0;
        }
        return (double) hits / labels.length;
    }
}
