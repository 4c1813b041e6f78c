package org.autotuner.models.weights;

import java.util.Arrays;
import org.autotuner.error.DataException;

/**
 * Numbers of a file with their shape; not copied, not to be changed.
 *
 * @param values row by row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Tensor(float[] values, int[] shape) {

    /**
     * The tensor itself if it has this shape.
     *
     * @throws DataException naming the tensor if it has another one
     */
    public Tensor expect(String name, int... wanted) {
        if (!Arrays.equals(shape, wanted)) {
            throw new DataException(
                    "'%s' has the shape %s, but the configuration asks for %s. Use files that belong together."
                            .formatted(name, Arrays.toString(shape), Arrays.toString(wanted)));
        }
        return this;
    }

    /** A matrix with rows and columns exchanged, one array per new row. */
    public float[][] transposedRows() {
        int rows = shape[0];
        int columns = shape[1];
        float[][] out = new float[columns][rows];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                out[c][r] = values[r * columns + c];
            }
        }
        return out;
    }

    /** A matrix as one array per row. */
    public float[][] rows() {
        int columns = shape[1];
        float[][] out = new float[shape[0]][];
        for (int r = 0; r < out.length; r++) {
            out[r] = Arrays.copyOfRange(values, r * columns, (r + 1) * columns);
        }
        return out;
    }
}
