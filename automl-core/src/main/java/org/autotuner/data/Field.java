package org.autotuner.data;

import java.util.List;

/**
 * Name and meaning of one column.
 *
 * @param levels levels of a categorical column in code order; empty for other types
 * @param reason why the column has this type, in words, for the report
 */
public record Field(String name, ColumnType type, Role role, List<String> levels, String reason) {

    public Field {
        levels = List.copyOf(levels);
        if (type != ColumnType.CATEGORICAL && !levels.isEmpty()) {
            throw new IllegalArgumentException("Column '%s' is %s and cannot have levels.".formatted(name, type));
        }
    }

    public Field withRole(Role changed) {
        return new Field(name, type, changed, levels, reason);
    }
}
