package org.autotuner.models.tree;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.autotuner.budget.Deadline;
import org.autotuner.score.TreeEnsembleBuilder;

/** Grows one tree depth first and adds it to the forest. When the time is up, what is left becomes leaves. */
final class TreeGrower {

    /** Turns the rows of a finished leaf into the value that the forest's scorer expects. */
    interface Leaves {
        double value(int[] rows, int from, int to, Side content);
    }

    private final Bins bins;
    private final double[] weights;
    private final SplitFinder finder;
    private final Side whole;
    private final Leaves leaves;
    private final Deadline deadline;
    private final int deepest;
    private int[] feature = new int[256];
    private double[] threshold = new double[256];
    private int[] left = new int[256];
    private int[] right = new int[256];
    private int[] flags = new int[256];
    private double[] value = new double[256];
    private double[] cover = new double[256];
    /** Nodes still to be grown: number, first row, end of rows, depth. */
    private int[] stack = new int[128];

    private int nodes;

    TreeGrower(Bins bins, double[] weights, SplitFinder finder, Side whole, Leaves leaves, Deadline deadline) {
        this(bins, weights, finder, whole, leaves, deadline, Integer.MAX_VALUE);
    }

    /**
     * A grower of trees that are not deep.
     *
     * @param deepest most splits above a leaf
     */
    TreeGrower(
            Bins bins,
            double[] weights,
            SplitFinder finder,
            Side whole,
            Leaves leaves,
            Deadline deadline,
            int deepest) {
        this.bins = bins;
        this.weights = weights;
        this.finder = finder;
        this.whole = whole;
        this.leaves = leaves;
        this.deadline = deadline;
        this.deepest = deepest;
    }

    /** Nodes of the last tree. */
    int nodes() {
        return nodes;
    }

    /**
     * Grows a tree from these rows, which are reordered.
     *
     * @param mayEndEarly whether the tree is worth having if the time ends before it is grown
     * @return false if the time was up and nothing was added
     */
    boolean grow(int[] rows, RandomGenerator random, TreeEnsembleBuilder forest, boolean mayEndEarly) {
        nodes = 0;
        int open = push(0, node(), 0, rows.length, 0);
        while (open > 0) {
            int at = stack[--open * 4];
            int from = stack[open * 4 + 1];
            int to = stack[open * 4 + 2];
            int depth = stack[open * 4 + 3];
            boolean over = deadline.isOver();
            if (over && !mayEndEarly) {
                return false;
            }
            whole.clear();
            for (int i = from; i < to; i++) {
                whole.add(rows[i], weights[rows[i]]);
            }
            cover[at] = whole.weight();
            if (over
                    || depth == deepest
                    || to - from < 2
                    || whole.isPure()
                    || !finder.find(rows, from, to, whole, random)) {
                left[at] = -1;
                value[at] = leaves.value(rows, from, to, whole);
                continue;
            }
            int middle = split(at, rows, from, to);
            open = push(open, left[at], from, middle, depth + 1);
            open = push(open, right[at], middle, to, depth + 1);
        }
        forest.addTree(
                0,
                Arrays.copyOf(feature, nodes),
                Arrays.copyOf(threshold, nodes),
                Arrays.copyOf(left, nodes),
                Arrays.copyOf(right, nodes),
                Arrays.copyOf(flags, nodes),
                null,
                Arrays.copyOf(value, nodes),
                Arrays.copyOf(cover, nodes));
        return true;
    }

    /** Writes the split found, parts the rows and returns where the right ones begin. */
    private int split(int at, int[] rows, int from, int to) {
        int split = finder.feature();
        int rank = finder.rank();
        byte[] ranks = bins.ranks(split);
        int low = from;
        int high = to;
        while (low < high) {
            int row = rows[low];
            if ((ranks[row] & 0xff) <= rank) {
                low++;
            } else {
                rows[low] = rows[--high];
                rows[high] = row;
            }
        }
        feature[at] = split;
        threshold[at] = bins.threshold(split, rank);
        // Missing cells were below all numbers; where training had none they follow the majority.
        boolean missingLeft = bins.hasMissing(split) || low - from >= to - low;
        flags[at] = TreeEnsembleBuilder.MISSING_NAN | (missingLeft ? TreeEnsembleBuilder.DEFAULT_LEFT : 0);
        // Both first: making a node may replace the arrays.
        int leftChild = node();
        int rightChild = node();
        left[at] = leftChild;
        right[at] = rightChild;
        return low;
    }

    private int push(int open, int node, int from, int to, int depth) {
        if (stack.length < (open + 1) * 4) {
            stack = Arrays.copyOf(stack, stack.length * 2);
        }
        stack[open * 4] = node;
        stack[open * 4 + 1] = from;
        stack[open * 4 + 2] = to;
        stack[open * 4 + 3] = depth;
        return open + 1;
    }

    private int node() {
        if (nodes == left.length) {
            int size = 2 * nodes;
            feature = Arrays.copyOf(feature, size);
            threshold = Arrays.copyOf(threshold, size);
            left = Arrays.copyOf(left, size);
            right = Arrays.copyOf(right, size);
            flags = Arrays.copyOf(flags, size);
            value = Arrays.copyOf(value, size);
            cover = Arrays.copyOf(cover, size);
        }
        return nodes++;
    }
}
