package org.autotuner.prepare;

import org.autotuner.bundle.Node;
import org.autotuner.data.Column;
import org.autotuner.data.ColumnType;

/** Which numbers of a cell are read: the number itself, parts of a date, or counts of a text. */
enum CellNumbers {
    NUMBER(ColumnType.NUMERIC),
    DATE(ColumnType.DATE_TIME),
    TEXT(ColumnType.TEXT);

    private final ColumnType type;

    CellNumbers(ColumnType type) {
        this.type = type;
    }

    ColumnType type() {
        return type;
    }

    int parts() {
        if (this == NUMBER) {
            return 1;
        }
        return this == DATE ? DateParts.NAMES.size() : TextCounts.NAMES.size();
    }

    String suffix(int part) {
        if (this == NUMBER) {
            return "";
        }
        return "#" + (this == DATE ? DateParts.NAMES.get(part) : TextCounts.NAMES.get(part));
    }

    /** Writes all parts of a cell to {@code out}; NaN if the cell is missing. */
    void read(Column column, int row, double[] out) {
        if (this == NUMBER) {
            out[0] = RawNumber.finite(column, row);
        } else if (this == DATE) {
            DateParts.read(column, row, out);
        } else {
            TextCounts.read(column, row, out);
        }
    }

    static CellNumbers read(Node node) {
        return Codecs.constant(node, "reads", CellNumbers.class, node.text("reads"));
    }
}
