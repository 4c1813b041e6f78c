package org.autotuner.prepare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What families and scorers see: a block of dense floats (numbers and category codes, NaN missing), and beside it an
 * optional block of sparse rows. Immutable by convention: arrays are shared with the caller and must not change.
 */
public final class FeatureMatrix {

    private final List<Feature> features;
    private final int rows;
    private final float[] dense;
    private final @Nullable SparseRows sparse;
    private final List<ImageBlock> images;

    private FeatureMatrix(
            List<Feature> features, int rows, float[] dense, @Nullable SparseRows sparse, List<ImageBlock> images) {
        this.features = List.copyOf(features);
        this.rows = rows;
        this.dense = dense;
        this.sparse = sparse;
        this.images = List.copyOf(images);
        if (dense.length != (long) rows * features.size()) {
            throw new IllegalArgumentException(
                    "%d values are not %d rows x %d features.".formatted(dense.length, rows, features.size()));
        }
        if (sparse != null && sparse.rows() != rows) {
            throw new IllegalArgumentException("%d sparse rows beside %d dense rows.".formatted(sparse.rows(), rows));
        }
    }

    /**
     * A matrix of dense features only.
     *
     * @param dense rows x features, row by row; not copied
     */
    public static FeatureMatrix dense(List<Feature> features, int rows, float[] dense) {
        return new FeatureMatrix(features, rows, dense, null, List.of());
    }

    /** A matrix of dense features ({@code features} names them) and sparse ones. */
    public static FeatureMatrix of(List<Feature> features, int rows, float[] dense, SparseRows sparse) {
        return new FeatureMatrix(features, rows, dense, sparse, List.of());
    }

    /** The same matrix, some of whose dense features are images. */
    FeatureMatrix withImages(List<ImageBlock> blocks) {
        return blocks.isEmpty() ? this : new FeatureMatrix(features, rows, dense, sparse, blocks);
    }

    public int rows() {
        return rows;
    }

    /** Which dense features are the pixels of images. */
    public List<ImageBlock> images() {
        return images;
    }

    /** Number of dense features. */
    public int width() {
        return features.size();
    }

    /** Number of sparse features, 0 without a sparse block. */
    public int sparseWidth() {
        return sparse == null ? 0 : sparse.width();
    }

    /** The dense features in order. */
    public List<Feature> features() {
        return features;
    }

    public float at(int row, int feature) {
        return dense[row * features.size() + feature];
    }

    /** The dense block itself, rows x width, row by row; shared, not to be changed. */
    public float[] denseArray() {
        return dense;
    }

    public @Nullable SparseRows sparse() {
        return sparse;
    }

    /** A cursor at row 0 for scorers; one per thread. */
    public FeatureRow cursor() {
        return new FeatureRow(this);
    }

    /** A copy of some rows, in the given order. */
    public FeatureMatrix select(int[] chosen) {
        int width = width();
        float[] values = new float[chosen.length * width];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(dense, chosen[i] * width, values, i * width, width);
        }
        return new FeatureMatrix(
                features, chosen.length, values, sparse == null ? null : sparse.select(chosen), images);
    }
}
