package org.autotuner.prepare;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.data.ColumnType;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;

/** Names and types of the columns that a preparation was fitted on. */
record InputColumns(List<String> names, List<ColumnType> types) {

    InputColumns {
        names = List.copyOf(names);
        types = List.copyOf(types);
    }

    static InputColumns of(Table table) {
        List<ColumnType> types = new ArrayList<>();
        table.schema().fields().forEach(field -> types.add(field.type()));
        return new InputColumns(table.schema().names(), types);
    }

    int size() {
        return names.size();
    }

    /** Refuses a table that is not aligned to the training schema. */
    void check(Table table) {
        if (table.columnCount() != names.size()) {
            throw new DataException("The table has %d feature columns, but the preparation was fitted on %d: %s."
                    .formatted(table.columnCount(), names.size(), names.subList(0, Math.min(50, names.size()))));
        }
        for (int i = 0; i < names.size(); i++) {
            if (table.column(i).type() != types.get(i)) {
                throw new DataException("Column %d ('%s') is %s, but was %s in training. Align the table to the schema."
                        .formatted(i, names.get(i), table.column(i).type(), types.get(i)));
            }
            if (!table.schema().fields().get(i).name().equals(names.get(i))) {
                throw new DataException("Column %d is '%s', but was '%s' in training. Align the table to the schema."
                        .formatted(i, table.schema().fields().get(i).name(), names.get(i)));
            }
        }
    }

    void write(Node node) {
        node.putTexts("columns", names);
        node.putTexts("types", types.stream().map(ColumnType::name).toList());
    }

    static InputColumns read(Node node) {
        List<String> names = node.texts("columns");
        List<ColumnType> types = new ArrayList<>();
        for (String name : node.texts("types")) {
            types.add(Codecs.constant(node, "types", ColumnType.class, name));
        }
        if (types.size() != names.size()) {
            throw node.wrong("types", "has %d entries for %d columns".formatted(types.size(), names.size()));
        }
        return new InputColumns(names, types);
    }

    /** Reads the position of a column of this type. */
    int column(Node node, String name, ColumnType type) {
        int column = node.integer(name, 0, names.size() - 1);
        if (types.get(column) != type) {
            throw node.wrong(
                    name, "names column %d, which is %s and not %s".formatted(column, types.get(column), type));
        }
        return column;
    }
}
