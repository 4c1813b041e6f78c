package org.autotuner.score;

import org.autotuner.bundle.Node;

/** Reads {@link TreeEnsemble} and checks that every walk stays inside its arrays and ends. */
final class TreeEnsembleCodec implements ScorerCodec {

    @Override
    public String type() {
        return TreeEnsemble.TYPE;
    }

    @Override
    public Scorer read(Node node) {
        TreeEnsemble.Parts parts = parts(node);
        int nodes = parts.nodes.length / TreeEnsemble.STRIDE;
        Checks.that(nodes * TreeEnsemble.STRIDE == parts.nodes.length, node, "nodes", "does not hold whole nodes");
        Checks.that(parts.cover.length == 0 || parts.cover.length == nodes, node, "cover", "is not one value per node");
        int leaf = 0;
        for (int tree = 0; tree < parts.roots.length; tree++) {
            int start = parts.roots[tree];
            int end = tree + 1 < parts.roots.length ? parts.roots[tree + 1] : parts.nodes.length;
            Checks.that(
                    start >= 0 && start < end && end <= parts.nodes.length && start % TreeEnsemble.STRIDE == 0,
                    node,
                    "roots",
                    "are not increasing places of nodes");
            for (int at = start; at < end; at += TreeEnsemble.STRIDE) {
                if (parts.nodes[at] < 0) {
                    Checks.that(~parts.nodes[at] == leaf, node, "nodes", "has leaves out of order");
                    leaf++;
                } else {
                    split(parts, at, end, node);
                }
            }
        }
        Checks.that(parts.roots.length == 0 || parts.roots[0] == 0, node, "roots", "do not start at the first node");
        Checks.that(leaf == parts.leaves.length, node, "leaves", "are not as many as the trees have");
        Checks.noNaN(parts.leaves, node, "leaves");
        return new TreeEnsemble(parts);
    }

    private static TreeEnsemble.Parts parts(Node node) {
        double[] base = node.doubles("base");
        int[] roots = node.ints("roots");
        int[] output = node.ints("output");
        double[] leaves = node.doubles("leaves");
        int width = node.integer("width", 0, Checks.MAX_WIDTH);
        Checks.that(base.length >= 1, node, "base", "is empty");
        Checks.noNaN(base, node, "base");
        Checks.that(output.length == roots.length, node, "output", "is not one per tree");
        Checks.within(output, 0, base.length - 1, node, "output");
        return new TreeEnsemble.Parts(
                width,
                base,
                Link.read(node),
                node.flag("average"),
                node.flag("float_sums"),
                node.integer("trees_per_round", 1, Integer.MAX_VALUE),
                node.ints("nodes"),
                roots,
                output,
                node.ints("sets"),
                leaves,
                node.floats("cover"),
                LeafLines.read(node, width, leaves.length));
    }

    private static void split(TreeEnsemble.Parts parts, int at, int end, Node node) {
        int head = parts.nodes[at];
        int child = parts.nodes[at + 2];
        Checks.that(
                head >>> TreeEnsemble.FEATURE_SHIFT < parts.width, node, "nodes", "splits a feature beyond the width");
        // Children after their parent: no cycles.
        Checks.that(
                child > at && child <= end - 2 * TreeEnsemble.STRIDE && child % TreeEnsemble.STRIDE == 0,
                node,
                "nodes",
                "has a child outside its tree");
        if ((head & TreeEnsemble.CATEGORIES) != 0) {
            int start = parts.nodes[at + 1];
            Checks.that(
                    start >= 0
                            && start < parts.sets.length
                            && parts.sets[start] >= 0
                            && parts.sets[start] < parts.sets.length - start,
                    node,
                    "sets",
                    "has a set that ends beyond it");
        }
    }
}
