package org.autotuner.models.torch;

import java.util.List;
import org.autotuner.train.Loss;

/**
 * What a network learns.
 *
 * @param labels class numbers, one per row; empty where {@code values} count
 * @param values rows x {@code width}: values, or class probabilities; empty where {@code labels} count
 * @param width values per row
 * @param weights of the rows, at least 0; empty for 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NetworkTargets(int[] labels, float[] values, int width, float[] weights) {

    public static NetworkTargets ofLabels(int[] labels, float[] weights) {
        return new NetworkTargets(labels, new float[0], 0, weights);
    }

    public static NetworkTargets ofValues(float[] values, int width, float[] weights) {
        return new NetworkTargets(new int[0], values, width, weights);
    }

    /**
     * These targets with what a loss says of its classes: the weights of classes multiply those of the rows, and binary values
     * are smoothed.
     */
    NetworkTargets prepared(Loss loss) {
        if (loss instanceof Loss.CrossEntropy entropy) {
            return weighted(entropy.classWeights());
        }
        if (loss instanceof Loss.BinaryCrossEntropy entropy) {
            return weighted(entropy.classWeights()).smoothed(entropy.smoothing());
        }
        return this;
    }

    private NetworkTargets weighted(List<Double> classWeights) {
        if (classWeights.isEmpty()) {
            return this;
        }
        float[] weighted = new float[rows()];
        for (int row = 0; row < weighted.length; row++) {
            double factor = factor(row, classWeights);
            weighted[row] = (float) (weights.length == 0 ? factor : weights[row] * factor);
        }
        return new NetworkTargets(labels, values, width, weighted);
    }

    private double factor(int row, List<Double> classWeights) {
        if (hasLabels()) {
            return classWeights.get(labels[row]);
        }
        if (width == 1) {
            return classWeights.get(0) + values[row] * (classWeights.get(1) - classWeights.get(0));
        }
        double sum = 0;
        for (int label = 0; label < width; label++) {
            sum += values[row * width + label] * classWeights.get(label);
        }
        return sum;
    }

    private NetworkTargets smoothed(double smoothing) {
        if (smoothing == 0) {
            return this;
        }
        float[] smoothed = new float[values.length];
        for (int row = 0; row < smoothed.length; row++) {
            smoothed[row] = (float) (values[row] * (1 - smoothing) + smoothing / 2);
        }
        return new NetworkTargets(labels, smoothed, width, weights);
    }

    boolean hasLabels() {
        return labels.length > 0;
    }

    int rows() {
        return hasLabels() ? labels.length : values.length / width;
    }
}
