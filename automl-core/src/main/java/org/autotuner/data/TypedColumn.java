package org.autotuner.data;

/** A column with its field. */
public record TypedColumn(Field field, Column column) {

    static TypedColumn of(String name, Column column, Role role, String reason) {
        return new TypedColumn(new Field(name, column.type(), role, column.levels(), reason), column);
    }
}
