package org.autotuner.prepare;

import java.util.Arrays;

/**
 * What some rows hold read as few levels: 0 is missing, the others are ranges of about equally many rows, or the most
 * frequent levels of a category.
 */
final class RowLevels {

    /** Levels fit into a byte. */
    static final int MOST = 64;

    private static final int SAMPLE = 2_000;

    private final byte[] levels;
    private final int size;

    /** Takes one level per row, below {@code size}, without a copy. */
    RowLevels(byte[] levels, int size) {
        this.levels = levels;
        this.size = size;
    }

    byte[] levels() {
        return levels;
    }

    int size() {
        return size;
    }

    /** At most {@code most} ranges of the numbers between which they differ; the size is 2 or less if they do not. */
    static RowLevels ofNumbers(double[] numbers, int most) {
        double[] sample = new double[Math.min(SAMPLE, numbers.length)];
        int present = 0;
        for (int i = 0; i < sample.length; i++) {
            double number = numbers[(int) ((long) i * numbers.length / sample.length)];
            if (!Double.isNaN(number)) {
                sample[present++] = number + 0.0;
            }
        }
        Arrays.sort(sample, 0, present);
        double[] cuts = new double[most];
        int size = cuts(sample, present, most, cuts);
        byte[] levels = new byte[numbers.length];
        for (int row = 0; row < levels.length; row++) {
            levels[row] = (byte) (Double.isNaN(numbers[row]) ? 0 : 1 + below(cuts, size, numbers[row]));
        }
        return new RowLevels(levels, size + 2);
    }

    /** Values that fill a range of their own get one, so that those next to a frequent value are told apart, too. */
    private static int cuts(double[] sorted, int count, int most, double[] cuts) {
        int frequent = 0;
        int rest = count;
        for (int from = 0, to; from < count; from = to) {
            to = end(sorted, count, from);
            if ((to - from) * most >= count) {
                frequent++;
                rest -= to - from;
            }
        }
        double least = rest / (double) Math.max(1, most - frequent);
        int size = 0;
        int held = 0;
        for (int from = 0, to; from < count && size < most - 1; from = to) {
            to = end(sorted, count, from);
            boolean isFrequent = (to - from) * most >= count;
            if (held > 0 && (isFrequent || held >= least)) {
                cuts[size++] = sorted[from];
                held = 0;
            }
            held = isFrequent ? count : held + to - from;
        }
        return size;
    }

    private static int end(double[] sorted, int count, int from) {
        int to = from + 1;
        while (to < count && sorted[to] == sorted[from]) {
            to++;
        }
        return to;
    }

    /** How many of the cuts are not above the number. */
    private static int below(double[] cuts, int size, double number) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (cuts[middle] <= number) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The most frequent levels each, all others as one, unseen and missing ones as missing. */
    static RowLevels ofLevels(int[] levels, int size, int most) {
        int[] counts = new int[size];
        for (int level : levels) {
            counts[level]++;
        }
        Integer[] order = new Integer[size - 2];
        Arrays.setAll(order, i -> i + 2);
        Arrays.sort(order, (a, b) -> counts[a] != counts[b] ? counts[b] - counts[a] : a - b);
        int named = Math.min(most, order.length);
        byte[] places = new byte[size];
        Arrays.fill(places, (byte) (named + 1));
        places[LevelSource.UNSEEN] = 0;
        places[LevelSource.MISSING] = 0;
        for (int i = 0; i < named; i++) {
            places[order[i]] = (byte) (i + 1);
        }
        byte[] read = new byte[levels.length];
        for (int row = 0; row < read.length; row++) {
            read[row] = places[levels[row]];
        }
        return new RowLevels(read, named + 2);
    }

    /** The combinations of two readings of the same rows; together they have at most {@value #MOST} levels. */
    static RowLevels together(RowLevels one, RowLevels other) {
        byte[] levels = new byte[one.levels.length];
        for (int row = 0; row < levels.length; row++) {
            levels[row] = (byte) (one.levels[row] * other.size + other.levels[row]);
        }
        return new RowLevels(levels, one.size * other.size);
    }
}
