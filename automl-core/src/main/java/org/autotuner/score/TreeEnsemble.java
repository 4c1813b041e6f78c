package org.autotuner.score;

import java.util.Arrays;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;
import org.jspecify.annotations.Nullable;

/**
 * Boosted trees or a forest: each tree adds a leaf's value, which may be a straight line, to one output, then the link is
 * applied. Made by
 * {@link TreeEnsembleBuilder}, which says how splits decide. Immutable and thread-safe.
 *
 * <p>All nodes lie in one int array, three cells each: feature and kind of split (negative: a leaf), float threshold
 * (or place of the category set), position of the left child, to whose right the right child lies. Children come after
 * their parent, so that a walk always ends.
 */
public final class TreeEnsemble implements Scorer {

    static final String TYPE = "trees";
    static final int STRIDE = 3;
    static final int FEATURE_SHIFT = 3;
    /** Kinds, besides bit 0: missing values go left. */
    static final int ZERO_MISSING = 2;

    static final int CATEGORIES = 4;
    /** Categories above are not in any set; as in XGBoost, a float holds them exactly. */
    static final int MAX_CODE = 1 << 24;
    /** LightGBM's kZeroThreshold. */
    private static final float ZERO = 1e-35f;

    private final Parts parts;
    private final int[] nodes;
    private final int[] roots;
    private final int[] output;
    private final double[] leaves;
    private final int[] sets;

    TreeEnsemble(Parts parts) {
        this.parts = parts;
        this.nodes = parts.nodes;
        this.roots = parts.roots;
        this.output = parts.output;
        this.leaves = parts.leaves;
        this.sets = parts.sets;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return parts.base.length;
    }

    @Override
    public int width() {
        return parts.width;
    }

    /** Number of trees. */
    public int trees() {
        return roots.length;
    }

    /** Number of complete boosting rounds. */
    public int rounds() {
        return roots.length / parts.treesPerRound;
    }

    public Link link() {
        return parts.link;
    }

    /** The ensemble of the first rounds; shares the nodes' values but copies what it keeps, so the rest can go. */
    public TreeEnsemble truncate(int rounds) {
        if (rounds < 0) {
            throw new IllegalArgumentException(
                    "The number of rounds is %d, but must not be negative.".formatted(rounds));
        }
        long kept = Math.min((long) rounds * parts.treesPerRound, roots.length);
        return kept == roots.length ? this : new TreeEnsemble(parts.first((int) kept));
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        score(row.array(), row.offset(), out);
    }

    /** Scores the row that begins at {@code offset}. */
    void score(float[] data, int offset, double[] out) {
        margins(data, offset, out);
        parts.link.apply(out, parts.base.length);
    }

    /** The sums before the link. */
    public void margins(FeatureRow row, double[] out) {
        margins(row.array(), row.offset(), out);
    }

    private void margins(float[] data, int offset, double[] out) {
        if (parts.lines != null) {
            lines(parts.lines, data, offset, out);
            return;
        }
        if (parts.floatSums) {
            floatSums(data, offset, out);
            return;
        }
        System.arraycopy(parts.base, 0, out, 0, parts.base.length);
        if (parts.average) {
            averages(data, offset, out);
        } else if (parts.base.length == 1) {
            double sum = 0;
            for (int root : roots) {
                sum += leaves[leaf(root, data, offset)];
            }
            out[0] += sum;
        } else {
            for (int tree = 0; tree < roots.length; tree++) {
                out[output[tree]] += leaves[leaf(roots[tree], data, offset)];
            }
        }
    }

    private void lines(LeafLines lines, float[] data, int offset, double[] out) {
        System.arraycopy(parts.base, 0, out, 0, parts.base.length);
        for (int tree = 0; tree < roots.length; tree++) {
            int leaf = leaf(roots[tree], data, offset);
            out[output[tree]] += lines.value(leaf, leaves[leaf], data, offset);
        }
    }

    private void averages(float[] data, int offset, double[] out) {
        for (int tree = 0; tree < roots.length; tree++) {
            int target = output[tree];
            out[target] += leaves[leaf(roots[tree], data, offset)] / parts.perOutput[target];
        }
    }

    private void floatSums(float[] data, int offset, double[] out) {
        float[] sums = new float[parts.base.length];
        for (int k = 0; k < sums.length; k++) {
            sums[k] = (float) parts.base[k];
        }
        for (int tree = 0; tree < roots.length; tree++) {
            int target = output[tree];
            float value = (float) leaves[leaf(roots[tree], data, offset)];
            sums[target] += parts.average ? value / parts.perOutput[target] : value;
        }
        for (int k = 0; k < sums.length; k++) {
            out[k] = sums[k];
        }
    }

    /** Whether some node splits each feature. */
    boolean[] splitFeatures() {
        boolean[] found = new boolean[parts.width];
        for (int at = 0; at < nodes.length; at += STRIDE) {
            if (nodes[at] >= 0) {
                found[nodes[at] >>> FEATURE_SHIFT] = true;
            }
        }
        return found;
    }

    /** The same trees, which have no lines, on rows whose features stand elsewhere. */
    TreeEnsemble renamed(int[] places, int width) {
        Arguments.that(parts.lines == null, "Trees with lines in their leaves cannot be moved.");
        int[] moved = nodes.clone();
        for (int at = 0; at < moved.length; at += STRIDE) {
            if (moved[at] >= 0) {
                int kind = moved[at] & ((1 << FEATURE_SHIFT) - 1);
                moved[at] = places[moved[at] >>> FEATURE_SHIFT] << FEATURE_SHIFT | kind;
            }
        }
        return new TreeEnsemble(parts.with(moved, width));
    }

    /** Value of the leaf of one tree that the row reaches. */
    double leafValue(int tree, FeatureRow row) {
        return leaves[leaf(roots[tree], row.array(), row.offset())];
    }

    /** Number of the leaf that the row at {@code offset} reaches. */
    private int leaf(int root, float[] data, int offset) {
        int[] all = nodes;
        int at = root;
        int head = all[at];
        while (head >= 0) {
            float x = data[offset + (head >>> FEATURE_SHIFT)];
            int child = all[at + 2];
            boolean left;
            if ((head & (ZERO_MISSING | CATEGORIES)) == 0) {
                // A comparison with NaN is false, so the two forms differ for missing values alone.
                float threshold = Float.intBitsToFloat(all[at + 1]);
                left = (head & 1) == 0 ? x <= threshold : x <= threshold || Float.isNaN(x);
            } else {
                left = special(head, x, all[at + 1]);
            }
            at = left ? child : child + STRIDE;
            head = all[at];
        }
        return ~head;
    }

    private boolean special(int head, float x, int slot) {
        boolean defaultLeft = (head & 1) != 0;
        if ((head & CATEGORIES) != 0) {
            return Float.isNaN(x) ? defaultLeft : inSet(x, slot);
        }
        if (Float.isNaN(x) || (x >= -ZERO && x <= ZERO)) {
            return defaultLeft;
        }
        return x <= Float.intBitsToFloat(slot);
    }

    private boolean inSet(float x, int start) {
        if (!(x >= 0 && x < MAX_CODE)) {
            return false;
        }
        int code = (int) x;
        int word = code >> 5;
        return word < sets[start] && (sets[start + 1 + word] & (1 << (code & 31))) != 0;
    }

    @Override
    public void write(Node node) {
        parts.write(node);
    }

    Parts parts() {
        return parts;
    }

    /** Everything an ensemble consists of. The arrays are shared and do not change. */
    static final class Parts {

        final int width;
        final double[] base;
        final Link link;
        final boolean average;
        final boolean floatSums;
        final int treesPerRound;
        final int[] nodes;
        final int[] roots;
        final int[] output;
        final int[] sets;
        final double[] leaves;
        /** One per node, or empty. */
        final float[] cover;
        /** Null where all leaves are constant. */
        final @Nullable LeafLines lines;

        final int[] perOutput;

        Parts(
                int width,
                double[] base,
                Link link,
                boolean average,
                boolean floatSums,
                int treesPerRound,
                int[] nodes,
                int[] roots,
                int[] output,
                int[] sets,
                double[] leaves,
                float[] cover,
                @Nullable LeafLines lines) {
            this.width = width;
            this.base = base;
            this.link = link;
            this.average = average;
            this.floatSums = floatSums;
            this.treesPerRound = treesPerRound;
            this.nodes = nodes;
            this.roots = roots;
            this.output = output;
            this.sets = sets;
            this.leaves = leaves;
            this.cover = cover;
            this.lines = lines;
            this.perOutput = new int[base.length];
            for (int target : output) {
                perOutput[target]++;
            }
        }

        Parts with(int[] otherNodes, int otherWidth) {
            return new Parts(
                    otherWidth,
                    base,
                    link,
                    average,
                    floatSums,
                    treesPerRound,
                    otherNodes,
                    roots,
                    output,
                    sets,
                    leaves,
                    cover,
                    lines);
        }

        /** The first trees; leaves and nodes of a tree follow those of the trees before it. */
        Parts first(int trees) {
            int end = roots[trees];
            int leafEnd = 0;
            for (int at = 0; at < end; at += STRIDE) {
                leafEnd += nodes[at] < 0 ? 1 : 0;
            }
            return new Parts(
                    width,
                    base,
                    link,
                    average,
                    floatSums,
                    treesPerRound,
                    Arrays.copyOf(nodes, end),
                    Arrays.copyOf(roots, trees),
                    Arrays.copyOf(output, trees),
                    sets,
                    Arrays.copyOf(leaves, leafEnd),
                    cover.length == 0 ? cover : Arrays.copyOf(cover, end / STRIDE),
                    lines == null ? null : lines.first(leafEnd));
        }

        void write(Node node) {
            link.write(node);
            node.put("width", width);
            node.put("base", base);
            node.put("average", average);
            node.put("float_sums", floatSums);
            node.put("trees_per_round", treesPerRound);
            node.put("nodes", nodes);
            node.put("roots", roots);
            node.put("output", output);
            node.put("sets", sets);
            node.put("leaves", leaves);
            node.put("cover", cover);
            if (lines != null) {
                lines.write(node);
            }
        }
    }
}
