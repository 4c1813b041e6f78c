package org.autotuner.models.tree;

import org.autotuner.budget.Deadline;

/**
 * Parts and counts the rows of leaves, those of a leaf side by side in an array: what growers of all shapes do. Used by one
 * thread; its workers share what it reads.
 */
final class LeafRows {

    /** What follows the counting of some features of a leaf, in the same worker. */
    interface Counted {
        void features(int part, int first, int end);
    }

    /** Cells that are counted between two looks at the clock: some milliseconds. */
    private static final int BLOCK_CELLS = 4_000_000;
    /** Cells below which a second thread costs more than it saves. */
    private static final int FEW_CELLS = 12_000;
    /** Rows of which the same is true. */
    private static final int FEW_ROWS = 4_000;

    private final Histograms histograms;
    private final Workers workers;
    private final Deadline deadline;
    private final long[] numbers;
    private final int[] spare;

    LeafRows(Histograms histograms, int rows, Workers workers, Deadline deadline) {
        this.histograms = histograms;
        this.workers = workers;
        this.deadline = deadline;
        this.numbers = new long[rows];
        this.spare = new int[rows];
    }

    /**
     * Puts rows {@code rows[from..to)} whose rank is marked before the others, both in their order.
     *
     * @param isFirst 1 for each rank that is marked
     * @return where the others begin
     */
    int part(int[] rows, int from, int to, byte[] ranks, byte[] isFirst) {
        int parts = workers.parts(to - from, FEW_ROWS);
        int[] begins = new int[parts + 1];
        int[] middles = new int[parts];
        for (int part = 0; part <= parts; part++) {
            begins[part] = from + Workers.bound(part, parts, to - from);
        }
        workers.run(parts, part -> middles[part] = partOne(rows, begins[part], begins[part + 1], ranks, isFirst));
        int first = middles[0];
        for (int part = 1; part < parts; part++) {
            int count = middles[part] - begins[part];
            System.arraycopy(rows, begins[part], rows, first, count);
            first += count;
        }
        int second = first;
        for (int part = 0; part < parts; part++) {
            int count = begins[part + 1] - middles[part];
            System.arraycopy(spare, begins[part], rows, second, count);
            second += count;
        }
        return first;
    }

    /** Moves the marked rows to the front and keeps the others aside. */
    private int partOne(int[] rows, int from, int to, byte[] ranks, byte[] isFirst) {
        int first = from;
        int second = from;
        for (int i = from; i < to; i++) {
            int row = rows[i];
            int one = isFirst[ranks[row] & 0xff];
            rows[first] = row;
            spare[second] = row;
            first += one;
            second += 1 - one;
        }
        return first;
    }

    /** Into how many parts the features of a leaf of so many rows fall when they are counted. */
    int parts(int rows, int features) {
        long work = (long) rows * features + histograms.cells();
        return work < FEW_CELLS ? 1 : Math.min(workers.threads(), (features + 3) / 4);
    }

    /**
     * Counts rows {@code rows[from..to)} into cells, which are cleared before.
     *
     * @return whether the time sufficed
     */
    boolean count(
            Bins bins,
            PackedGradients packed,
            int[] rows,
            int from,
            int to,
            int[] features,
            long[] cells,
            Counted counted) {
        long[] gradients = packed.packed();
        workers.ranges(to - from, FEW_ROWS, (first, end) -> {
            for (int i = first; i < end; i++) {
                numbers[i] = gradients[rows[from + i]];
            }
        });
        int parts = parts(to - from, features.length);
        boolean[] isDone = new boolean[parts];
        workers.run(parts, part -> {
            int first = Workers.bound(part, parts, features.length);
            int end = Workers.bound(part + 1, parts, features.length);
            histograms.clear(features, first, end, cells);
            int block = Math.max(1_000, BLOCK_CELLS / Math.max(1, end - first));
            for (int at = from; at < to; at += block) {
                if (deadline.isOver()) {
                    return;
                }
                histograms.add(
                        bins, features, first, end, rows, at, Math.min(to, at + block), numbers, at - from, cells);
            }
            counted.features(part, first, end);
            isDone[part] = true;
        });
        for (boolean done : isDone) {
            if (!done) {
                return false;
            }
        }
        return true;
    }
}
