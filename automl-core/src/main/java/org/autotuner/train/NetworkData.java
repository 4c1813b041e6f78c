package org.autotuner.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.autotuner.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Rows for a network: one or several inputs, and for training a target and perhaps weights. Immutable (arrays are copied)
 * and thread-safe.
 */
public final class NetworkData {

    private final List<RowArray> inputs;
    private final @Nullable Targets targets;
    private final float @Nullable [] weights;

    private NetworkData(List<RowArray> inputs, @Nullable Targets targets, float @Nullable [] weights) {
        this.inputs = inputs;
        this.targets = targets;
        this.weights = weights;
    }

    /**
     * Inputs in the order in which the network takes them.
     *
     * @throws DataException if they differ in rows
     */
    public static NetworkData of(RowArray... inputs) {
        Arguments.require(inputs.length > 0, "inputs", "empty", "at least one");
        for (RowArray input : inputs) {
            if (input.rows() != inputs[0].rows()) {
                throw new DataException("The inputs have %d and %d rows, but must have equally many."
                        .formatted(inputs[0].rows(), input.rows()));
            }
        }
        return new NetworkData(List.of(inputs), null, null);
    }

    /**
     * With class numbers from 0, one per row; their range is checked against the network's outputs when training starts.
     *
     * @throws DataException if there are not as many as rows or one is negative
     */
    public NetworkData withLabels(int... labels) {
        requireRows(labels.length, "labels");
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] < 0) {
                throw new DataException("Row %d has label %d, but labels go from 0.".formatted(row, labels[row]));
            }
        }
        return new NetworkData(inputs, new Targets.Labels(labels.clone()), weights);
    }

    /**
     * With class probabilities, rows x classes.
     *
     * @throws DataException if a row is of another length, or does not sum to 1 within 0.001, or holds what is no probability
     */
    public NetworkData withSoftLabels(float[][] shares) {
        requireRows(shares.length, "soft labels");
        float[] flat = flat(shares);
        for (int row = 0; row < shares.length; row++) {
            double sum = 0;
            for (float share : shares[row]) {
                sum += share >= 0 ? share : Double.NaN;
            }
            if (!(Math.abs(sum - 1) <= 1e-3)) {
                throw new DataException("The soft labels of row %d are %s, but must be at least 0 and sum to 1."
                        .formatted(row, Arrays.toString(shares[row])));
            }
        }
        return new NetworkData(inputs, new Targets.SoftLabels(flat, shares[0].length), weights);
    }

    /** With one value per row; {@link #withValues(float[][])} tells what it throws. */
    public NetworkData withValues(float... values) {
        requireRows(values.length, "values");
        requireFinite(values, 1);
        return new NetworkData(inputs, new Targets.Values(values.clone(), 1), weights);
    }

    /**
     * With several values per row, rows x outputs.
     *
     * @throws DataException if there are not as many as rows, lengths differ, or one is NaN or infinite
     */
    public NetworkData withValues(float[][] values) {
        requireRows(values.length, "values");
        float[] flat = flat(values);
        requireFinite(flat, values[0].length);
        return new NetworkData(inputs, new Targets.Values(flat, values[0].length), weights);
    }

    /**
     * With a weight per row in the loss.
     *
     * @throws DataException if one is negative or not finite, or all are 0
     */
    public NetworkData withWeights(float... rowWeights) {
        requireRows(rowWeights.length, "weights");
        double sum = 0;
        for (int row = 0; row < rowWeights.length; row++) {
            if (!Arguments.isAtLeastZero(rowWeights[row])) {
                throw new DataException(
                        "Row %d has weight %s, but weights are finite and at least 0.".formatted(row, rowWeights[row]));
            }
            sum += rowWeights[row];
        }
        if (sum == 0) {
            throw new DataException("All row weights are 0, so there is nothing to learn from.");
        }
        return new NetworkData(inputs, targets, rowWeights.clone());
    }

    public int rows() {
        return inputs.get(0).rows();
    }

    public List<RowArray> inputs() {
        return inputs;
    }

    /** What a row of each input looks like. */
    public List<RowArray.Form> forms() {
        return inputs.stream().map(RowArray::form).toList();
    }

    /** A copy of the labels; empty if the target is another. */
    public Optional<int[]> labels() {
        return targets instanceof Targets.Labels given
                ? Optional.of(given.labels().clone())
                : Optional.empty();
    }

    /** A copy of the values, row by row; empty if the target is another. */
    public Optional<float[]> values() {
        return targets instanceof Targets.Values given
                ? Optional.of(given.values().clone())
                : Optional.empty();
    }

    /** A copy of the row weights; empty if there are none. */
    public Optional<float[]> weights() {
        return weights == null ? Optional.empty() : Optional.of(weights.clone());
    }

    /** Some rows, in the given order. */
    public NetworkData subset(int... chosen) {
        Targets some = targets == null ? null : targets.subset(chosen);
        float[] someWeights = weights == null ? null : new float[chosen.length];
        for (int i = 0; someWeights != null && weights != null && i < chosen.length; i++) {
            someWeights[i] = weights[chosen[i]];
        }
        List<RowArray> someInputs =
                inputs.stream().map(input -> input.subset(chosen)).toList();
        return new NetworkData(someInputs, some, someWeights);
    }

    Optional<Targets> targets() {
        return Optional.ofNullable(targets);
    }

    private void requireRows(int count, String kind) {
        if (count != rows()) {
            throw new DataException("There are %d %s for %d rows.".formatted(count, kind, rows()));
        }
    }

    private static float[] flat(float[][] rows) {
        int width = rows[0].length;
        float[] flat = new float[Math.multiplyExact(rows.length, width)];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != width) {
                throw new DataException(
                        "Row %d has %d targets, but row 0 has %d.".formatted(row, rows[row].length, width));
            }
            System.arraycopy(rows[row], 0, flat, row * width, width);
        }
        return flat;
    }

    private static void requireFinite(float[] values, int width) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new DataException("The target of row %d is %s (output %d). Leave the row out."
                        .formatted(i / width, values[i], i % width));
            }
        }
    }
}
