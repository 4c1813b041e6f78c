package org.autotuner.prepare;

import java.util.Arrays;
import org.autotuner.bundle.Node;
import org.autotuner.data.CategoricalColumn;
import org.autotuner.data.Column;
import org.autotuner.data.ColumnType;
import org.autotuner.data.NumericColumn;
import org.autotuner.data.Table;

/**
 * The cells of a column read as levels 2..size-1, {@link #MISSING} or {@link #UNSEEN}. Numbers with repeated values can
 * be read so too: each different number is a level.
 */
sealed interface LevelSource {

    int UNSEEN = 0;
    int MISSING = 1;

    int column();

    /** Number of levels, with the two for unseen and missing. */
    int size();

    /** Level of a cell of the column that belongs to this source. */
    int level(Column column, int row);

    void write(Node node);

    default int[] levels(Table table) {
        Column column = table.column(column());
        int[] levels = new int[table.rowCount()];
        for (int row = 0; row < levels.length; row++) {
            levels[row] = level(column, row);
        }
        return levels;
    }

    static LevelSource read(Node node, InputColumns columns) {
        if (node.has("keys")) {
            return new Numbers(columns.column(node, "column", ColumnType.NUMERIC), Codecs.increasing(node, "keys"));
        }
        return new Categories(
                columns.column(node, "column", ColumnType.CATEGORICAL), node.integer("size", 2, Integer.MAX_VALUE - 8));
    }

    /** Levels of a categorical column: its codes, moved by two. */
    record Categories(int column, int size) implements LevelSource {

        @Override
        public int level(Column cells, int row) {
            int level = ((CategoricalColumn) cells).code(row) + 2;
            return level < size ? level : UNSEEN;
        }

        @Override
        public void write(Node node) {
            node.put("column", column).put("size", size);
        }
    }

    /** Levels of a numeric column: the position of the number among those of training. */
    final class Numbers implements LevelSource {

        private final int column;
        private final double[] keys;

        /** Takes the sorted different numbers without a copy. */
        Numbers(int column, double[] keys) {
            this.column = column;
            this.keys = keys;
        }

        @Override
        public int column() {
            return column;
        }

        @Override
        public int size() {
            return keys.length + 2;
        }

        @Override
        public int level(Column cells, int row) {
            double number = ((NumericColumn) cells).number(row);
            if (!Double.isFinite(number)) {
                return MISSING;
            }
            // Adding 0 turns -0 into 0, which binary search tells apart.
            int position = Arrays.binarySearch(keys, number + 0.0);
            return position < 0 ? UNSEEN : position + 2;
        }

        @Override
        public void write(Node node) {
            node.put("column", column).put("keys", keys);
        }
    }
}
