package org.autotuner.models.tree;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Looks for the best split of a node among some features drawn at random (Breiman, Random Forests, 2001), or among one
 * random cut for each of them (Geurts, Ernst and Wehenkel, Extremely randomized trees, 2006). Features without two
 * values in the node do not count as drawn. Not thread-safe.
 */
final class SplitFinder {

    private static final int RANKS = 256;
    /** Below this many rows sorting is quicker than counting ranks. */
    private static final int FEW_ROWS = 96;

    private static final int FEW_BITS = 7;

    private final Bins bins;
    private final double[] weights;
    private final int tried;
    private final int minLeaf;
    private final boolean randomCuts;
    private final int[] features;
    private final Side left;
    private final Side right;
    private final int[] counts = new int[RANKS + 1];
    private final int[] keys = new int[FEW_ROWS];
    private int[] order = new int[0];
    private int bestFeature;
    private int bestRank;
    private double bestPurity;

    /**
     * A finder.
     *
     * @param weights of the rows in the tree at hand; read anew for each node
     * @param tried number of features to draw for each node
     */
    SplitFinder(Bins bins, double[] weights, int tried, int minLeaf, boolean randomCuts, Side left, Side right) {
        this.bins = bins;
        this.weights = weights;
        this.tried = tried;
        this.minLeaf = minLeaf;
        this.randomCuts = randomCuts;
        this.features = IntStream.range(0, bins.width()).toArray();
        this.left = left;
        this.right = right;
    }

    /** Finds the split of {@code rows[from..to)}; false if there is none that leaves enough rows on both sides. */
    boolean find(int[] rows, int from, int to, Side whole, RandomGenerator random) {
        bestPurity = Double.NEGATIVE_INFINITY;
        int drawn = 0;
        for (int i = 0; i < features.length && drawn < tried; i++) {
            int j = i + random.nextInt(features.length - i);
            int feature = features[j];
            features[j] = features[i];
            features[i] = feature;
            if (randomCuts ? cut(feature, rows, from, to, whole, random) : scan(feature, rows, from, to, whole)) {
                drawn++;
            }
        }
        return bestPurity > Double.NEGATIVE_INFINITY;
    }

    int feature() {
        return bestFeature;
    }

    /** Rows up to this rank go left. */
    int rank() {
        return bestRank;
    }

    private boolean scan(int feature, int[] rows, int from, int to, Side whole) {
        byte[] ranks = bins.ranks(feature);
        int[] sorted = sort(ranks, rows, from, to);
        int count = to - from;
        int before = ranks[sorted[0]] & 0xff;
        if (before == (ranks[sorted[count - 1]] & 0xff)) {
            return false;
        }
        left.clear();
        right.copy(whole);
        for (int i = 0; i < count; i++) {
            int row = sorted[i];
            int rank = ranks[row] & 0xff;
            if (rank != before) {
                if (i >= minLeaf && count - i >= minLeaf) {
                    offer(feature, before);
                }
                before = rank;
            }
            left.add(row, weights[row]);
            right.remove(row, weights[row]);
        }
        return true;
    }

    private int[] sort(byte[] ranks, int[] rows, int from, int to) {
        int count = to - from;
        if (order.length < count) {
            order = new int[Math.max(count, 2 * order.length)];
        }
        if (count <= FEW_ROWS) {
            for (int i = 0; i < count; i++) {
                keys[i] = ((ranks[rows[from + i]] & 0xff) << FEW_BITS) | i;
            }
            Arrays.sort(keys, 0, count);
            for (int i = 0; i < count; i++) {
                order[i] = rows[from + (keys[i] & ((1 << FEW_BITS) - 1))];
            }
            return order;
        }
        Arrays.fill(counts, 0);
        for (int i = from; i < to; i++) {
            counts[(ranks[rows[i]] & 0xff) + 1]++;
        }
        for (int rank = 1; rank < RANKS; rank++) {
            counts[rank] += counts[rank - 1];
        }
        for (int i = from; i < to; i++) {
            order[counts[ranks[rows[i]] & 0xff]++] = rows[i];
        }
        return order;
    }

    private boolean cut(int feature, int[] rows, int from, int to, Side whole, RandomGenerator random) {
        byte[] ranks = bins.ranks(feature);
        int low = RANKS;
        int high = -1;
        for (int i = from; i < to; i++) {
            int rank = ranks[rows[i]] & 0xff;
            low = Math.min(low, rank);
            high = Math.max(high, rank);
        }
        if (low == high) {
            return false;
        }
        int cut = low + random.nextInt(high - low);
        left.clear();
        right.copy(whole);
        int moved = 0;
        for (int i = from; i < to; i++) {
            int row = rows[i];
            if ((ranks[row] & 0xff) <= cut) {
                left.add(row, weights[row]);
                right.remove(row, weights[row]);
                moved++;
            }
        }
        if (moved >= minLeaf && to - from - moved >= minLeaf) {
            offer(feature, cut);
        }
        return true;
    }

    private void offer(int feature, int rank) {
        double purity = left.purity() + right.purity();
        if (purity > bestPurity) {
            bestPurity = purity;
            bestFeature = feature;
            bestRank = rank;
        }
    }
}
