package org.autotuner.models.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.autotuner.budget.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Grows trees leaf by leaf, always splitting the leaf whose split is worth most (Shi 2007; LightGBM: Ke and others, NeurIPS
 * 2017), or level by level. Of two children only the one with fewer rows is counted; the other's histogram is the parent's less it. Used by one
 * thread; its workers share what it reads.
 */
final class LeafGrower {

    /** A leaf with its rows: {@code rows[from..to)}. */
    static final class Leaf {
        final int node;
        final int from;
        final int to;
        final int depth;
        final long sum;
        final LeafLimits limits;
        private long @Nullable [] cells;
        private @Nullable Split split;

        private Leaf(int node, int from, int to, int depth, long sum, LeafLimits limits) {
            this.node = node;
            this.from = from;
            this.to = to;
            this.depth = depth;
            this.sum = sum;
            this.limits = limits;
        }

        int rows() {
            return to - from;
        }

        private double gain() {
            return split == null ? Double.NEGATIVE_INFINITY : split.gain();
        }
    }

    /** Histograms that are kept at once take at most so many bytes. */
    static final long MOST_BYTES = 256L << 20;

    private Bins bins;
    private final GrowthSettings settings;
    private final ColumnRules rules;
    private final Histograms histograms;
    private final LeafRows leafRows;
    private final Deadline deadline;
    private final int mostKept;
    private final ArrayDeque<long[]> free = new ArrayDeque<>();
    private final List<Leaf> leaves = new ArrayList<>();
    private int kept;
    private int[] rows = {};
    private int[] features = {};
    private PackedGradients gradients;
    private SplitSearch search;

    LeafGrower(Bins like, GrowthSettings settings, ColumnRules rules, Workers workers, Deadline deadline) {
        this.bins = like;
        this.settings = settings;
        this.rules = rules;
        this.histograms = new Histograms(like);
        this.leafRows = new LeafRows(histograms, like.rows(), workers, deadline);
        this.deadline = deadline;
        this.mostKept =
                (int) Math.max(3, Math.min(settings.leaves() + 1, MOST_BYTES / (8L * (histograms.cells() + 1))));
        this.gradients = new PackedGradients(0);
        this.search = new SplitSearch(bins, histograms, settings, gradients, rules);
    }

    /**
     * Grows a tree; its leaves have no values yet.
     *
     * @param grown of the same cuts as those that the grower was made for
     * @param given the rows that were packed, {@code given[0..count)}, reordered so that those of a leaf lie together
     * @param chosen features that may be split
     * @return null if the time was up before it was grown
     */
    @Nullable
    BoostedTree grow(Bins grown, PackedGradients packed, int[] given, int count, int[] chosen) {
        bins = grown;
        gradients = packed;
        search = new SplitSearch(bins, histograms, settings, packed, rules);
        rows = given;
        features = chosen;
        leaves.clear();
        BoostedTree tree = new BoostedTree();
        Leaf root = new Leaf(0, 0, count, 0, packed.sum(), LeafLimits.NONE);
        root.cells = take(root);
        leaves.add(root);
        if (!count(root, null)) {
            return null;
        }
        while (leaves.size() < settings.leaves()) {
            Leaf next = leaves.stream()
                    .filter(leaf -> leaf.split != null)
                    .max(order())
                    .orElse(null);
            if (next == null) {
                break;
            }
            if (!split(tree, next)) {
                return null;
            }
        }
        leaves.forEach(this::release);
        return tree;
    }

    private Comparator<Leaf> order() {
        Comparator<Leaf> byGain = Comparator.comparingDouble(Leaf::gain);
        return settings.isDepthWise()
                ? Comparator.comparingInt((Leaf leaf) -> -leaf.depth).thenComparing(byGain)
                : byGain;
    }

    /** The leaves of the last tree. */
    List<Leaf> leaves() {
        return leaves;
    }

    private boolean split(BoostedTree tree, Leaf leaf) {
        Split split = java.util.Objects.requireNonNull(leaf.split);
        byte[] table = split.table();
        int middle = leafRows.part(rows, leaf.from, leaf.to, bins.ranks(split.feature()), table);
        int node = tree.split(leaf.node, split, table);
        long rest = leaf.sum - split.left();
        double low = search.value(split.left(), leaf.limits);
        double high = search.value(rest, leaf.limits);
        LeafLimits ofLeft = leaf.limits.child(rules, split.feature(), low, high, true);
        LeafLimits ofRight = leaf.limits.child(rules, split.feature(), low, high, false);
        Leaf left = new Leaf(node, leaf.from, middle, leaf.depth + 1, split.left(), ofLeft);
        Leaf right = new Leaf(node + 1, middle, leaf.to, leaf.depth + 1, rest, ofRight);
        int at = leaves.indexOf(leaf);
        leaves.set(at, left);
        leaves.add(right);
        if (leaves.size() == settings.leaves() || (settings.depth() > 0 && left.depth == settings.depth())) {
            release(leaf);
            return !deadline.isOver();
        }
        Leaf small = left.rows() <= right.rows() ? left : right;
        Leaf large = small == left ? right : left;
        large.cells = leaf.cells; // the parent's, to be lessened
        leaf.cells = null;
        small.cells = take(large);
        if (large.cells != null) {
            return count(small, large);
        }
        large.cells = take(small);
        return count(small, null) && count(large, null);
    }

    /** Counts a leaf's rows and looks for its split, and that of its sibling if that has its parent's cells. */
    private boolean count(Leaf leaf, @Nullable Leaf sibling) {
        long[] cells = java.util.Objects.requireNonNull(leaf.cells);
        int parts = leafRows.parts(leaf.rows(), features.length);
        Split[] own = new Split[parts];
        Split[] others = new Split[parts];
        boolean isCounted =
                leafRows.count(bins, gradients, rows, leaf.from, leaf.to, features, cells, (part, first, end) -> {
                    own[part] = search.best(features, first, end, cells, leaf.sum, leaf.rows(), leaf.limits);
                    if (sibling != null) {
                        long[] rest = java.util.Objects.requireNonNull(sibling.cells);
                        histograms.subtract(features, first, end, rest, cells);
                        others[part] =
                                search.best(features, first, end, rest, sibling.sum, sibling.rows(), sibling.limits);
                    }
                });
        leaf.split = best(own);
        if (sibling != null) {
            sibling.split = best(others);
        }
        return isCounted;
    }

    private static @Nullable Split best(Split[] splits) {
        return Arrays.stream(splits)
                .filter(java.util.Objects::nonNull)
                .reduce((best, other) -> other.gain() > best.gain() ? other : best)
                .orElse(null);
    }

    /** Room for a histogram; taken from the least promising leaf, but not from {@code spared}, if there is no more. */
    private long[] take(Leaf spared) {
        long[] found = free.poll();
        if (found != null) {
            return found;
        }
        if (kept < mostKept) {
            kept++;
            return new long[histograms.cells()];
        }
        Leaf least = leaves.stream()
                .filter(leaf -> leaf.cells != null && leaf != spared)
                .min(Comparator.comparingDouble(Leaf::gain))
                .orElseThrow();
        long[] taken = java.util.Objects.requireNonNull(least.cells);
        least.cells = null;
        return taken;
    }

    private void release(Leaf leaf) {
        if (leaf.cells != null) {
            free.push(leaf.cells);
            leaf.cells = null;
        }
    }
}
