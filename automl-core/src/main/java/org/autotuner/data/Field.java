package org.autotuner.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Name and meaning of one column.
 *
 * @param levels levels of a categorical column in code order; empty for other types
 * @param reason why the column has this type, in words, for the report
 * @param pixels the numeric columns that an image column is made of; null for other columns
 */
public record Field(
        String name, ColumnType type, Role role, List<String> levels, String reason, @Nullable Pixels pixels) {

    public Field {
        levels = List.copyOf(levels);
        if (type != ColumnType.CATEGORICAL && !levels.isEmpty()) {
            throw new IllegalArgumentException("Column '%s' is %s and cannot have levels.".formatted(name, type));
        }
        if (type != ColumnType.IMAGE && pixels != null) {
            throw new IllegalArgumentException("Column '%s' is %s and cannot have pixels.".formatted(name, type));
        }
    }

    /** A column that is not made of pixels. */
    public Field(String name, ColumnType type, Role role, List<String> levels, String reason) {
        this(name, type, role, levels, reason, null);
    }

    public Field withRole(Role changed) {
        return new Field(name, type, changed, levels, reason, pixels);
    }
}
