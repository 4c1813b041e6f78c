package org.autotuner.prepare;

import java.util.List;
import java.util.Optional;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;

/**
 * One fitted step: turns cells of one or two columns into dense features, and sparse ones where it has any. Immutable
 * and thread-safe. The table was checked against the {@link InputColumns} of training before any method is called.
 */
interface ColumnEncoder {

    /** Name of the class of encoders in files; see {@link EncoderCodecs}. */
    String kind();

    /** The dense features, in order. */
    List<Feature> features();

    /** Where the dense features are an image's pixels from 0 to 1: which, if the first of them is at {@code offset}. */
    default Optional<ImageBlock> image(int offset) {
        return Optional.empty();
    }

    default int sparseWidth() {
        return 0;
    }

    /**
     * Writes the dense features of rows {@code from..to-1}: feature j of row i goes to
     * {@code out[i * stride + offset + j]}.
     */
    void encode(Table table, int from, int to, float[] out, int stride, int offset);

    /** Adds the sparse entries of one row, by increasing column, each moved by {@code base}. */
    default void encodeSparse(Table table, int row, int base, SparseRowsBuilder out) {}

    /** Writes all but the features, which the caller writes. */
    void write(Node node);
}
