package org.autotuner.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.error.DataException;

/**
 * One input of a network for all rows: an array with the rows first, of real numbers (float32) or of codes, which are whole
 * numbers from 0 for embeddings (int64). Every value is checked here, since an engine may end the process over a wrong one.
 * Immutable (arrays are copied) and thread-safe.
 */
public final class RowArray {

    /**
     * What one row looks like.
     *
     * @param shape extents without the rows; empty for one number per row
     * @param codes exclusive upper limit of codes; 0 for real numbers
     */
    public record Form(List<Long> shape, int codes) {

        public Form {
            shape = List.copyOf(shape);
            Arguments.require(codes >= 0, "codes", codes, "at least 0");
            Arguments.require(
                    shape.stream().allMatch(extent -> extent >= 1), "shape", shape, "of extents of at least 1");
        }

        /** Numbers per row. */
        int size() {
            return Math.toIntExact(shape.stream().mapToLong(extent -> extent).reduce(1, Math::multiplyExact));
        }

        Shape withRows(long rows) {
            long[] extents = new long[shape.size() + 1];
            extents[0] = rows;
            for (int axis = 0; axis < shape.size(); axis++) {
                extents[axis + 1] = shape.get(axis);
            }
            return new Shape(extents);
        }
    }

    private final Form form;
    private final int rows;
    private final float[] numbers;
    private final int[] codes;

    private RowArray(Form form, int rows, float[] numbers, int[] codes) {
        this.form = form;
        this.rows = rows;
        this.numbers = numbers;
        this.codes = codes;
    }

    /**
     * Real numbers, rows x columns.
     *
     * @throws DataException if the rows differ in length or a number is NaN or infinite
     */
    public static RowArray of(float[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        float[] flat = new float[Math.multiplyExact(rows.length, columns)];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != columns) {
                throw new DataException("Row %d has %d numbers, but row 0 has %d. Give all rows the same length."
                        .formatted(row, rows[row].length, columns));
            }
            System.arraycopy(rows[row], 0, flat, row * columns, columns);
        }
        return of(flat, columns);
    }

    /**
     * Real numbers of any shape.
     *
     * @param values row after row, each row in row-major order
     * @param rowShape extents without the rows, such as {@code 1, 28, 28}; none for one number per row
     * @throws DataException if the length does not fit the shape or a number is NaN or infinite
     */
    public static RowArray of(float[] values, long... rowShape) {
        Form form = form(rowShape, 0);
        int rows = rows(values.length, form);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new DataException("Row %d holds %s in column %d. Impute missing numbers, or leave the row out."
                        .formatted(i / form.size(), values[i], i % form.size()));
            }
        }
        return new RowArray(form, rows, values.clone(), new int[0]);
    }

    /**
     * Codes, such as categories or words, for an embedding.
     *
     * @param values row after row, in {@code 0..limit - 1}
     * @param limit number of different codes, at most the size of the embedding that takes them
     * @param rowShape extents without the rows, such as the number of words; none for one code per row
     * @throws DataException if the length does not fit the shape or a code is out of range
     */
    public static RowArray ofCodes(int[] values, int limit, long... rowShape) {
        Arguments.require(limit >= 1, "limit", limit, "at least 1");
        Form form = form(rowShape, limit);
        int rows = rows(values.length, form);
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] >= limit) {
                throw new DataException("Row %d holds the code %d in column %d, but codes go from 0 to %d."
                        .formatted(i / form.size(), values[i], i % form.size(), limit - 1));
            }
        }
        return new RowArray(form, rows, new float[0], values.clone());
    }

    /**
     * A copy of an array with the rows first; it stays its owner's.
     *
     * @throws DataException if it is not of float32 or a number is NaN or infinite
     */
    public static RowArray from(NDArray array) {
        Shape shape = array.getShape();
        if (array.getDataType() != DataType.FLOAT32 || shape.dimension() == 0) {
            throw new DataException(
                    "The array is %s of shape %s, but must be float32 with the rows first. Convert it, or use ofCodes."
                            .formatted(array.getDataType(), shape));
        }
        return of(array.toFloatArray(), Arrays.copyOfRange(shape.getShape(), 1, shape.dimension()));
    }

    public int rows() {
        return rows;
    }

    public Form form() {
        return form;
    }

    /** Some rows, in the given order. */
    public RowArray subset(int... chosen) {
        int size = form.size();
        float[] someNumbers = new float[numbers.length == 0 ? 0 : chosen.length * size];
        int[] someCodes = new int[codes.length == 0 ? 0 : chosen.length * size];
        for (int i = 0; i < chosen.length; i++) {
            if (numbers.length > 0) {
                System.arraycopy(numbers, chosen[i] * size, someNumbers, i * size, size);
            } else {
                System.arraycopy(codes, chosen[i] * size, someCodes, i * size, size);
            }
        }
        return new RowArray(form, chosen.length, someNumbers, someCodes);
    }

    /** The whole array on the manager's device. */
    NDArray on(NDManager manager) {
        if (form.codes() == 0) {
            return manager.create(numbers, form.withRows(rows));
        }
        return manager.create(Arrays.stream(codes).asLongStream().toArray(), form.withRows(rows));
    }

    private static Form form(long[] rowShape, int codes) {
        List<Long> shape = new ArrayList<>();
        Arrays.stream(rowShape).forEach(shape::add);
        return new Form(shape, codes);
    }

    private static int rows(int length, Form form) {
        if (length == 0 || length % form.size() != 0) {
            throw new DataException("%d values do not make whole rows of the shape %s, or there is no row."
                    .formatted(length, form.shape()));
        }
        return length / form.size();
    }
}
