package org.autotuner.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decoded images, each of its own size and channels; null is missing. */
public final class ImageColumn implements Column {

    private final @Nullable Image[] images;
    private final int @Nullable [] rows;

    private ImageColumn(@Nullable Image[] images, int @Nullable [] rows) {
        this.images = images;
        this.rows = rows;
    }

    public static ImageColumn of(List<? extends @Nullable Image> images) {
        return new ImageColumn(images.toArray(new @Nullable Image[0]), null);
    }

    /** Takes the array without copying it. */
    static ImageColumn adopt(@Nullable Image[] images) {
        return new ImageColumn(images, null);
    }

    /** The image, or null if it is missing. */
    public @Nullable Image image(int row) {
        return images[rows == null ? row : rows[row]];
    }

    @Override
    public ColumnType type() {
        return ColumnType.IMAGE;
    }

    @Override
    public int size() {
        return rows == null ? images.length : rows.length;
    }

    @Override
    public boolean isMissing(int row) {
        return image(row) == null;
    }

    @Override
    public @Nullable Object value(int row) {
        return image(row);
    }

    @Override
    public ImageColumn select(int[] selected) {
        return new ImageColumn(images, Rows.compose(rows, selected));
    }
}
