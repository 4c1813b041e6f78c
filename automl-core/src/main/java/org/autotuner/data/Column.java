package org.autotuner.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cells of one column in primitive arrays. Immutable and thread-safe. */
public sealed interface Column permits NumericColumn, CategoricalColumn, TextColumn, DateTimeColumn, ImageColumn {

    ColumnType type();

    int size();

    boolean isMissing(int row);

    /** The cell as {@code Double}, {@code String} (level or text), {@code java.time.Instant} or {@link Image}; null if missing. */
    @Nullable
    Object value(int row);

    /**
     * A view of some rows, in the given order; rows may repeat. The array is not copied and must not change.
     */
    Column select(int[] rows);

    /** Levels of a categorical column in code order, else empty. */
    default List<String> levels() {
        return List.of();
    }
}
