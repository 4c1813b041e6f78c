package org.autotuner.models.tree;

/** Counts the cuts below a number, faster than by bisection alone: a table over the range says where to begin. Immutable. */
final class RankTable {

    private static final int CELLS = 1024;

    private final float[] cuts;
    private final double from;
    private final double factor;
    /** For each cell the number of cuts below its lower end. */
    private final short[] first = new short[CELLS + 1];

    /** A table of ascending, finite cuts. */
    RankTable(float[] cuts) {
        this.cuts = cuts;
        from = cuts.length == 0 ? 0 : cuts[0];
        double range = cuts.length == 0 ? 0 : (double) cuts[cuts.length - 1] - cuts[0];
        factor = range > 0 ? CELLS / range : 0;
        int at = 0;
        for (int cell = 0; cell <= CELLS; cell++) {
            while (at < cuts.length && cell(cuts[at]) < cell) {
                at++;
            }
            first[cell] = (short) at;
        }
    }

    private int cell(double x) {
        return (int) Math.max(0, Math.min(CELLS, (x - from) * factor));
    }

    /** Number of cuts below x. */
    int below(float x) {
        int cell = cell(x);
        int low = first[cell];
        int high = cell == CELLS ? cuts.length : first[cell + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cuts[middle] < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
