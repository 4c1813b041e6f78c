package org.autotuner.models.tree;

/**
 * Sums of {@link PackedGradients} by rank of each feature. Four columns are added in one pass, so that the additions of one
 * row fall on different cells and do not wait for each other. Thread-safe: what it writes belongs to the caller.
 */
final class Histograms {

    private final int[] offsets;

    /** Histograms of bins with these cuts. */
    Histograms(Bins bins) {
        this.offsets = new int[bins.width() + 1];
        for (int f = 0; f < bins.width(); f++) {
            offsets[f + 1] = offsets[f] + bins.count(f);
        }
    }

    /** Cells of all features together. */
    int cells() {
        return offsets[offsets.length - 1];
    }

    /** Where the cells of a feature begin, that of rank 0 first. */
    int offset(int feature) {
        return offsets[feature];
    }

    /**
     * Adds rows to the cells of some features.
     *
     * @param features those at {@code first} up to {@code end}
     * @param numbers packed gradients in the order of {@code rows[from..to)}
     * @param start where those of {@code rows[from]} lie
     */
    void add(
            Bins bins,
            int[] features,
            int first,
            int end,
            int[] rows,
            int from,
            int to,
            long[] numbers,
            int start,
            long[] cells) {
        int i = first;
        for (; i + 4 <= end; i += 4) {
            four(bins, features, i, rows, from, to, numbers, start - from, cells);
        }
        if (i + 2 <= end) {
            two(bins, features, i, rows, from, to, numbers, start - from, cells);
            i += 2;
        }
        if (i < end) {
            one(bins.ranks(features[i]), offsets[features[i]], rows, from, to, numbers, start - from, cells);
        }
    }

    private void four(
            Bins bins, int[] features, int at, int[] rows, int from, int to, long[] numbers, int shift, long[] cells) {
        byte[] a = bins.ranks(features[at]);
        byte[] b = bins.ranks(features[at + 1]);
        byte[] c = bins.ranks(features[at + 2]);
        byte[] d = bins.ranks(features[at + 3]);
        int atA = offsets[features[at]];
        int atB = offsets[features[at + 1]];
        int atC = offsets[features[at + 2]];
        int atD = offsets[features[at + 3]];
        for (int i = from; i < to; i++) {
            int row = rows[i];
            long number = numbers[i + shift];
            cells[atA + (a[row] & 0xff)] += number;
            cells[atB + (b[row] & 0xff)] += number;
            cells[atC + (c[row] & 0xff)] += number;
            cells[atD + (d[row] & 0xff)] += number;
        }
    }

    private void two(
            Bins bins, int[] features, int at, int[] rows, int from, int to, long[] numbers, int shift, long[] cells) {
        byte[] a = bins.ranks(features[at]);
        byte[] b = bins.ranks(features[at + 1]);
        int atA = offsets[features[at]];
        int atB = offsets[features[at + 1]];
        for (int i = from; i < to; i++) {
            int row = rows[i];
            long number = numbers[i + shift];
            cells[atA + (a[row] & 0xff)] += number;
            cells[atB + (b[row] & 0xff)] += number;
        }
    }

    private static void one(
            byte[] ranks, int offset, int[] rows, int from, int to, long[] numbers, int shift, long[] cells) {
        for (int i = from; i < to; i++) {
            cells[offset + (ranks[rows[i]] & 0xff)] += numbers[i + shift];
        }
    }

    /** Takes the cells of some features of one child from those of its parent, which become the other child's. */
    void subtract(int[] features, int first, int end, long[] parent, long[] child) {
        for (int i = first; i < end; i++) {
            int to = offsets[features[i] + 1];
            for (int cell = offsets[features[i]]; cell < to; cell++) {
                parent[cell] -= child[cell];
            }
        }
    }

    /** Sum of the cells of those ranks of a feature that are marked with 1. */
    long sum(int feature, byte[] isMarked, long[] cells) {
        int offset = offsets[feature];
        long sum = 0;
        for (int rank = 0; rank < offsets[feature + 1] - offset; rank++) {
            sum += isMarked[rank] * cells[offset + rank];
        }
        return sum;
    }

    /** Clears the cells of some features. */
    void clear(int[] features, int first, int end, long[] cells) {
        for (int i = first; i < end; i++) {
            java.util.Arrays.fill(cells, offsets[features[i]], offsets[features[i] + 1], 0);
        }
    }
}
