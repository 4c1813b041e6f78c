package org.autotuner.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a column another type. */
final class Conversion {

    private Conversion() {}

    static TypedColumn of(Column column, ColumnType type, Field old) {
        Field shape = new Field(old.name(), type, old.role(), levels(column, type), "given by the caller");
        return new TypedColumn(shape, new FieldAligner(shape).align(column));
    }

    private static List<String> levels(Column column, ColumnType type) {
        if (type != ColumnType.CATEGORICAL) {
            return List.of();
        }
        List<@Nullable String> values = new ArrayList<>(column.size());
        for (int row = 0; row < column.size(); row++) {
            Object value = column.value(row);
            values.add(value == null ? null : CellValues.text(value));
        }
        return CategoricalColumn.ofValues(values).levels();
    }
}
