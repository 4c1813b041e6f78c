package org.autotuner.prepare;

import java.util.Arrays;

/** Collects sparse rows one after the other. */
final class SparseRowsBuilder {

    private final int width;
    private final int[] start;
    private int[] index;
    private float[] value;
    private int rows;
    private int size;

    SparseRowsBuilder(int width, int rows, int entriesPerRow) {
        this.width = width;
        this.start = new int[rows + 1];
        int capacity = (int) Math.min(1L << 28, Math.max(8, (long) rows * entriesPerRow));
        this.index = new int[capacity];
        this.value = new float[capacity];
    }

    void add(int column, float cell) {
        if (size == index.length) {
            int larger = Math.addExact(size, (size >> 1) + 1);
            index = Arrays.copyOf(index, larger);
            value = Arrays.copyOf(value, larger);
        }
        index[size] = column;
        value[size++] = cell;
    }

    void endRow() {
        start[++rows] = size;
    }

    SparseRows build() {
        return new SparseRows(width, start, Arrays.copyOf(index, size), Arrays.copyOf(value, size));
    }
}
