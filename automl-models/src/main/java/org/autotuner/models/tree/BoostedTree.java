package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.autotuner.score.TreeEnsembleBuilder;
import org.jspecify.annotations.Nullable;

/** A tree by ranks: grows split by split, then its leaves get values. Used by one thread. */
final class BoostedTree {

    /** From a row to the node that is its leaf. */
    interface Walk {
        int leaf(int row);
    }

    private static final byte[] NONE = {};

    private final List<@Nullable Split> splits = new ArrayList<>();
    private byte[][] tables = new byte[64][];
    private int[] left = new int[64];
    private int[] parent = new int[64];
    private @Nullable LeafLine[] lines = new LeafLine[64];
    private double[] value = new double[64];
    private double[] cover = new double[64];

    BoostedTree() {
        add();
    }

    private int add() {
        int node = splits.size();
        splits.add(null);
        if (node == left.length) {
            tables = Arrays.copyOf(tables, 2 * node);
            left = Arrays.copyOf(left, 2 * node);
            parent = Arrays.copyOf(parent, 2 * node);
            lines = Arrays.copyOf(lines, 2 * node);
            value = Arrays.copyOf(value, 2 * node);
            cover = Arrays.copyOf(cover, 2 * node);
        }
        left[node] = -1;
        return node;
    }

    /**
     * Splits a leaf and returns its left child; the right one follows.
     *
     * @param table 1 for each rank that goes left
     */
    int split(int node, Split split, byte[] table) {
        left[node] = splits.size();
        splits.set(node, split);
        tables[node] = table;
        int first = add();
        int second = add();
        parent[first] = node;
        parent[second] = node;
        return left[node];
    }

    void leaf(int node, double given, double curvature) {
        value[node] = given;
        cover[node] = curvature;
    }

    /** Gives a leaf a line beside its value. */
    void line(int node, LeafLine line) {
        lines[node] = line;
    }

    @Nullable
    LeafLine line(int node) {
        return lines[node];
    }

    /** The numeric features asked on the way to a node, the last one first, each once. */
    int[] askedNumbers(int node) {
        IntStream.Builder asked = IntStream.builder();
        for (int at = node; at > 0; at = parent[at]) {
            Split split = Objects.requireNonNull(splits.get(parent[at]));
            if (split.codes() == null) {
                asked.add(split.feature());
            }
        }
        return asked.build().distinct().toArray();
    }

    /** Values of all nodes, of which only those of leaves count. */
    void give(double[] values) {
        System.arraycopy(values, 0, value, 0, nodes());
    }

    /** The value of a leaf. */
    double value(int node) {
        return value[node];
    }

    int nodes() {
        return splits.size();
    }

    /** Finds the leaves of rows of some bins. Thread-safe once the tree is grown. */
    Walk walk(Bins bins) {
        byte[][] ranks = new byte[nodes()][];
        for (int node = 0; node < ranks.length; node++) {
            Split split = splits.get(node);
            ranks[node] = split == null ? NONE : bins.ranks(split.feature());
        }
        return row -> {
            int node = 0;
            while (left[node] >= 0) {
                node = left[node] + 1 - tables[node][ranks[node][row] & 0xff];
            }
            return node;
        };
    }

    /** Adds it for an output. */
    void addTo(TreeEnsembleBuilder builder, int output, Bins bins) {
        int nodes = nodes();
        int[] feature = new int[nodes];
        double[] threshold = new double[nodes];
        int[] right = new int[nodes];
        int[] flags = new int[nodes];
        int[][] categories = new int[nodes][];
        for (int node = nodes - 1; node >= 0; node--) {
            Split split = splits.get(node);
            if (split == null) {
                continue;
            }
            feature[node] = split.feature();
            right[node] = left[node] + 1;
            cover[node] = cover[left[node]] + cover[right[node]];
            int[] codes = split.codes();
            if (codes == null) {
                threshold[node] = bins.threshold(split.feature(), split.rank());
                flags[node] = TreeEnsembleBuilder.MISSING_NAN
                        | (split.isMissingLeft() ? TreeEnsembleBuilder.DEFAULT_LEFT : 0);
            } else {
                flags[node] = TreeEnsembleBuilder.CATEGORICAL;
                categories[node] = Arrays.stream(codes)
                        .map(rank -> bins.code(split.feature(), rank))
                        .toArray();
            }
        }
        builder.addTree(
                output,
                feature,
                threshold,
                Arrays.copyOf(left, nodes),
                right,
                flags,
                categories,
                Arrays.copyOf(value, nodes),
                Arrays.copyOf(cover, nodes),
                lines());
    }

    /** The lines of all nodes, or null if there are none. */
    private TreeEnsembleBuilder.@Nullable Lines lines() {
        int nodes = nodes();
        if (Arrays.stream(lines, 0, nodes).allMatch(Objects::isNull)) {
            return null;
        }
        int[][] features = new int[nodes][0];
        double[][] slopes = new double[nodes][0];
        double[] constants = new double[nodes];
        for (int node = 0; node < nodes; node++) {
            LeafLine line = lines[node];
            if (line != null) {
                features[node] = line.features();
                slopes[node] = line.slopes();
                constants[node] = line.constant();
            }
        }
        return new TreeEnsembleBuilder.Lines(features, slopes, constants);
    }
}
