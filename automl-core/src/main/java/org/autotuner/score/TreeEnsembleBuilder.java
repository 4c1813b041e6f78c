package org.autotuner.score;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Collects trees as the boosters describe them and lays them out for fast walking; see {@link TreeEnsemble} for the
 * meaning. Not thread-safe.
 *
 * <p>Numeric splits go left if {@code x <= threshold}, or {@code x < threshold} with {@link #STRICT}; thresholds are
 * doubles and are rounded so that the decision for every float {@code x} stays exact. Without a flag about missing
 * values NaN counts as 0 (LightGBM's missing type "none"). Categorical splits go left if the code is in the set, or
 * right with {@link #SET_RIGHT}; unknown and negative codes are not in the set; NaN goes right, or left with
 * {@link #DEFAULT_LEFT}. So LightGBM's categories need {@link #CATEGORICAL} alone, XGBoost's {@link #CATEGORICAL} and
 * {@link #SET_RIGHT}, and {@link #DEFAULT_LEFT} where the node says so.
 */
public final class TreeEnsembleBuilder {

    /** Missing values go left; without it right. */
    public static final int DEFAULT_LEFT = 1;
    /** NaN is missing and takes the default direction (LightGBM's missing type "nan"; XGBoost always). */
    public static final int MISSING_NAN = 2;
    /** NaN and 0 (up to 1e-35) are missing and take the default direction (LightGBM's missing type "zero"). */
    public static final int MISSING_ZERO = 4;
    /** {@code x < threshold} instead of {@code x <= threshold} (XGBoost). */
    public static final int STRICT = 8;
    /** A set of category codes decides. */
    public static final int CATEGORICAL = 16;
    /** Codes in the set go right (XGBoost) instead of left (LightGBM). */
    public static final int SET_RIGHT = 32;

    private final int width;
    private final double[] base;
    private final IntArray nodes = new IntArray();
    private final IntArray roots = new IntArray();
    private final IntArray output = new IntArray();
    private final IntArray sets = new IntArray();
    private double[] leaves = new double[64];
    private int leafCount;
    private float[] cover = new float[64];
    private int nodeCount;
    private boolean covered = true;
    private Link link = Link.IDENTITY;
    private boolean average;
    private boolean floatSums;
    private int treesPerRound;
    private LeafLines.@Nullable Collector lines;

    /**
     * Straight lines in the leaves of one tree.
     *
     * @param features of each node's line; empty where it has none, and for splits
     * @param slopes as many for each node
     * @param constants one per node
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Lines(int[][] features, double[][] slopes, double[] constants) {}

    /**
     * An ensemble without trees.
     *
     * @param width number of dense features that rows have
     * @param outputs number of outputs, at least 1
     */
    public TreeEnsembleBuilder(int width, int outputs) {
        if (width < 0 || outputs < 1) {
            throw new IllegalArgumentException("Width %d or outputs %d is out of range.".formatted(width, outputs));
        }
        this.width = width;
        this.base = new double[outputs];
        this.treesPerRound = outputs;
    }

    /** What is added to each output before the link, in margin space; default 0. One for each output. */
    public TreeEnsembleBuilder base(double... scores) {
        if (scores.length != base.length) {
            throw new IllegalArgumentException("%d base scores for %d outputs.".formatted(scores.length, base.length));
        }
        if (DoubleStream.of(scores).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("A base score is NaN.");
        }
        System.arraycopy(scores, 0, base, 0, scores.length);
        return this;
    }

    /** Default {@link Link#IDENTITY}. */
    public TreeEnsembleBuilder link(Link given) {
        link = given;
        return this;
    }

    /** Divides the sum of an output's leaves by the number of its trees, before the link: random forests. */
    public TreeEnsembleBuilder average(boolean given) {
        average = given;
        return this;
    }

    /** Adds up in float, starting from the base, as XGBoost does, so that margins agree to the last bit. */
    public TreeEnsembleBuilder floatSums(boolean given) {
        floatSums = given;
        return this;
    }

    /** Number of trees that one boosting round adds; default the number of outputs. Used by truncation. */
    public TreeEnsembleBuilder treesPerRound(int given) {
        if (given < 1) {
            throw new IllegalArgumentException("A round has at least one tree, but %d are given.".formatted(given));
        }
        treesPerRound = given;
        return this;
    }

    /**
     * Leaves may have straight lines, from now on; to be called before the first tree.
     *
     * @param low least value of each feature in training: lower ones count as this one in lines
     * @param high largest value of each feature, at least {@code low}
     * @throws IllegalArgumentException if these are not as many finite ones as features
     */
    public TreeEnsembleBuilder lines(float[] low, float[] high) {
        Arguments.length(low.length, width, "low ends");
        Arguments.length(high.length, width, "high ends");
        Arguments.finite(low, "low ends");
        Arguments.finite(high, "high ends");
        Arguments.that(roots.size() == 0, "Lines must be announced before the first tree.");
        lines = new LeafLines.Collector(low, high);
        return this;
    }

    /** Adds a tree for output {@code number of trees % outputs}; see the longer form. */
    public TreeEnsembleBuilder addTree(
            int[] feature,
            double[] threshold,
            int[] left,
            int[] right,
            int[] flags,
            int @Nullable [][] categories,
            double[] value,
            double @Nullable [] nodeCover) {
        return addTree(
                roots.size() % base.length, feature, threshold, left, right, flags, categories, value, nodeCover);
    }

    /**
     * Adds a tree; the arrays have one cell per node, leaves and splits alike, node 0 is the root, and nothing is kept.
     *
     * @param target output it adds to
     * @param feature dense feature of a split; ignored for leaves
     * @param threshold of a numeric split; ignored otherwise
     * @param left number of the left child, or -1 for a leaf
     * @param right number of the right child
     * @param flags sum of this class's constants
     * @param categories for each categorical split the codes of its set, in any order; null if there is none
     * @param value of a leaf; ignored for splits
     * @param nodeCover training weight (or hessian) that reached the node; null if unknown
     * @throws IllegalArgumentException if this is not a tree, or a feature, code or value is out of range
     */
    public TreeEnsembleBuilder addTree(
            int target,
            int[] feature,
            double[] threshold,
            int[] left,
            int[] right,
            int[] flags,
            int @Nullable [][] categories,
            double[] value,
            double @Nullable [] nodeCover) {
        return addTree(target, feature, threshold, left, right, flags, categories, value, nodeCover, null);
    }

    /**
     * The same with straight lines in leaves, which {@link #lines} must have announced.
     *
     * @param given a leaf without features in its line has its value; null for no lines
     */
    public TreeEnsembleBuilder addTree(
            int target,
            int[] feature,
            double[] threshold,
            int[] left,
            int[] right,
            int[] flags,
            int @Nullable [][] categories,
            double[] value,
            double @Nullable [] nodeCover,
            @Nullable Lines given) {
        if (given != null && lines == null) {
            throw new IllegalArgumentException("Lines must be announced before the first tree.");
        }
        if (target < 0 || target >= base.length) {
            throw new IllegalArgumentException("Output %d is not in 0..%d.".formatted(target, base.length - 1));
        }
        int count = left.length;
        int[] order = new int[count];
        int first = nodeCount;
        int placed = 1;
        if (count == 0) {
            throw new IllegalArgumentException("A tree has at least one node.");
        }
        covered &= nodeCover != null;
        for (int i = 0; i < placed; i++) {
            int node = order[i];
            cover(nodeCover == null ? 0 : (float) nodeCover[node]);
            if (left[node] < 0) {
                leaf(value[node]);
                if (lines != null && given != null) {
                    lines.add(given.features()[node], given.slopes()[node], given.constants()[node]);
                } else if (lines != null) {
                    lines.add(new int[0], new double[0], 0);
                }
                continue;
            }
            if (placed + 2 > count || left[node] >= count || right[node] < 0 || right[node] >= count) {
                throw new IllegalArgumentException("Node %d of tree %d has the children %d and %d, but the nodes are "
                                .formatted(node, roots.size(), left[node], right[node])
                        + "0..%d and each has one parent.".formatted(count - 1));
            }
            boolean swap = (flags[node] & (CATEGORICAL | SET_RIGHT)) == (CATEGORICAL | SET_RIGHT);
            order[placed] = swap ? right[node] : left[node];
            order[placed + 1] = swap ? left[node] : right[node];
            if (feature[node] < 0 || feature[node] >= width) {
                throw new IllegalArgumentException("Node %d of tree %d splits feature %d, but there are %d."
                        .formatted(node, roots.size(), feature[node], width));
            }
            int child = (first + placed) * TreeEnsemble.STRIDE;
            if ((flags[node] & CATEGORICAL) != 0) {
                boolean defaultLeft = ((flags[node] & DEFAULT_LEFT) != 0) != swap;
                int[] codes = categories == null ? new int[0] : categories[node];
                split(feature[node], TreeEnsemble.CATEGORIES | (defaultLeft ? 1 : 0), set(codes), child);
            } else {
                numeric(feature[node], threshold[node], flags[node], child);
            }
            placed += 2;
        }
        roots.add(first * TreeEnsemble.STRIDE);
        output.add(target);
        return this;
    }

    /** Number of trees so far. */
    public int trees() {
        return roots.size();
    }

    /** The ensemble of all trees added so far. */
    public TreeEnsemble build() {
        Arguments.that(lines == null || !(average || floatSums), "Trees with lines add up in doubles.");
        return new TreeEnsemble(new TreeEnsemble.Parts(
                width,
                base.clone(),
                link,
                average,
                floatSums,
                treesPerRound,
                nodes.toArray(),
                roots.toArray(),
                output.toArray(),
                sets.toArray(),
                Arrays.copyOf(leaves, leafCount),
                covered ? Arrays.copyOf(cover, nodeCount) : new float[0],
                lines == null ? null : lines.lines()));
    }

    private void numeric(int feature, double threshold, int flags, int child) {
        float exact = exactThreshold(threshold, (flags & STRICT) != 0);
        int kind;
        if ((flags & MISSING_ZERO) != 0) {
            kind = TreeEnsemble.ZERO_MISSING | (flags & DEFAULT_LEFT);
        } else if ((flags & MISSING_NAN) != 0) {
            kind = flags & DEFAULT_LEFT;
        } else {
            // NaN counts as 0, so where it goes is known now.
            kind = 0 <= exact ? 1 : 0;
        }
        split(feature, kind, Float.floatToRawIntBits(exact), child);
    }

    /** The float t for which {@code x <= t} holds exactly for the floats that satisfy the double comparison. */
    static float exactThreshold(double threshold, boolean strict) {
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException("A threshold is NaN.");
        }
        float rounded = (float) threshold;
        if (rounded > threshold) {
            rounded = Math.nextDown(rounded);
        }
        if (strict && rounded == threshold) {
            // No number is below minus infinity: a comparison with NaN is never true.
            return rounded == Float.NEGATIVE_INFINITY ? Float.NaN : Math.nextDown(rounded);
        }
        return rounded;
    }

    private void split(int feature, int kind, int slot, int child) {
        nodes.add((feature << TreeEnsemble.FEATURE_SHIFT) | kind);
        nodes.add(slot);
        nodes.add(child);
        nodeCount++;
    }

    private void leaf(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("A leaf of tree %d is NaN.".formatted(roots.size()));
        }
        if (leafCount == leaves.length) {
            leaves = Arrays.copyOf(leaves, leafCount * 2);
        }
        nodes.add(~leafCount);
        nodes.add(0);
        nodes.add(0);
        nodeCount++;
        leaves[leafCount++] = value;
    }

    private void cover(float value) {
        if (nodeCount == cover.length) {
            cover = Arrays.copyOf(cover, nodeCount * 2);
        }
        cover[nodeCount] = value;
    }

    /** Appends a bit set, its number of words first, and returns where it starts. */
    private int set(int[] codes) {
        int largest = IntStream.of(codes).max().orElse(-1);
        if (IntStream.of(codes).anyMatch(code -> code < 0) || largest >= TreeEnsemble.MAX_CODE) {
            throw new IllegalArgumentException("Category codes must be in 0..%d.".formatted(TreeEnsemble.MAX_CODE - 1));
        }
        int[] words = new int[(largest + 32) / 32];
        for (int code : codes) {
            words[code >> 5] |= 1 << (code & 31);
        }
        int start = sets.size();
        sets.add(words.length);
        for (int word : words) {
            sets.add(word);
        }
        return start;
    }
}
