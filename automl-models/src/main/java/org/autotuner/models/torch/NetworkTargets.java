package org.autotuner.models.torch;

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

    boolean hasLabels() {
        return labels.length > 0;
    }

    int rows() {
        return hasLabels() ? labels.length : values.length / width;
    }
}
