package org.autotuner.prepare;

import org.autotuner.bundle.Node;
import org.autotuner.data.Column;
import org.autotuner.data.Table;

/**
 * The combinations of the levels of two columns, exact: 0 is unseen, the combinations of training are 1..size-1.
 * Missing combines like a level; an unseen level makes the combination unseen.
 */
record PairSource(LevelSource first, LevelSource second, LongIndex index) {

    int size() {
        return index.size() + 1;
    }

    int level(Column firstCells, Column secondCells, int row) {
        return index.find(key(first.level(firstCells, row), second.level(secondCells, row))) + 1;
    }

    int[] levels(Table table) {
        Column firstCells = table.column(first.column());
        Column secondCells = table.column(second.column());
        int[] levels = new int[table.rowCount()];
        for (int row = 0; row < levels.length; row++) {
            levels[row] = level(firstCells, secondCells, row);
        }
        return levels;
    }

    private long key(int firstLevel, int secondLevel) {
        return (long) firstLevel * second.size() + secondLevel;
    }

    /** Collects the combinations of these rows, or returns false once there are more than {@code limit}. */
    boolean collect(int[] firstLevels, int[] secondLevels, int limit) {
        for (int row = 0; row < firstLevels.length; row++) {
            if (firstLevels[row] != LevelSource.UNSEEN && secondLevels[row] != LevelSource.UNSEEN) {
                index.add(key(firstLevels[row], secondLevels[row]));
                if (index.size() > limit) {
                    return false;
                }
            }
        }
        return true;
    }

    void write(Node node) {
        first.write(node.child("first"));
        second.write(node.child("second"));
        node.put("combinations", index.keys());
    }

    static PairSource read(Node node, InputColumns columns) {
        LevelSource first = LevelSource.read(node.node("first"), columns);
        LevelSource second = LevelSource.read(node.node("second"), columns);
        long[] keys = node.longs("combinations");
        LongIndex index = new LongIndex(keys.length);
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] < 0 || index.add(keys[i]) != i) {
                throw node.wrong("combinations", "is negative or repeats at position %d".formatted(i));
            }
        }
        return new PairSource(first, second, index);
    }
}
