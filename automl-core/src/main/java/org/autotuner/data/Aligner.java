package org.autotuner.data;

import java.util.ArrayList;
import java.util.List;

/** Brings tables and rows into the form of the features of a schema. Immutable, hence thread-safe. */
final class Aligner {

    private final Schema features;
    private final FieldAligner[] fields;

    Aligner(Schema features) {
        this.features = features;
        fields = features.fields().stream().map(FieldAligner::new).toArray(FieldAligner[]::new);
    }

    Table align(Table table) {
        List<Column> columns = new ArrayList<>(fields.length);
        for (FieldAligner field : fields) {
            columns.add(field.of(table));
        }
        return Table.trusted(features, columns, table.rowCount());
    }

    Table align(Row row) {
        Column[] columns = new Column[fields.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = fields[i].one(row);
        }
        return Table.trusted(features, List.of(columns), 1);
    }
}
