package org.autotuner.prepare;

import org.jspecify.annotations.Nullable;

/** A cursor over the rows of a {@link FeatureMatrix}: what a scorer reads. Not thread-safe; make one per thread. */
public final class FeatureRow {

    private final FeatureMatrix matrix;
    private final float[] dense;
    private final int width;
    private int row;

    FeatureRow(FeatureMatrix matrix) {
        this.matrix = matrix;
        this.dense = matrix.denseArray();
        this.width = matrix.width();
    }

    /** Moves to a row and returns this cursor. */
    public FeatureRow to(int target) {
        row = target;
        return this;
    }

    public int row() {
        return row;
    }

    public int width() {
        return width;
    }

    /** Dense feature {@code feature} of the current row; NaN is missing. */
    public float at(int feature) {
        return dense[row * width + feature];
    }

    /** The shared dense array; the current row starts at {@link #offset()}. For hot loops. */
    public float[] array() {
        return dense;
    }

    public int offset() {
        return row * width;
    }

    /** The sparse rows, or null; the current row is {@link #row()}. */
    public @Nullable SparseRows sparse() {
        return matrix.sparse();
    }
}
