package org.autotuner.score;

import java.util.Arrays;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;

/**
 * A forest whose leaves hold several outputs, such as the shares of all classes or several quantiles; the outputs are
 * the means over all trees. Pure leaves take no memory beside their node. Immutable and thread-safe.
 */
public final class ForestScorer implements Scorer {

    static final String TYPE = "forest";

    private final TreeEnsemble trees;
    private final int outputs;
    private final float[] table;

    private ForestScorer(TreeEnsemble trees, int outputs, float[] table) {
        this.trees = trees;
        this.outputs = outputs;
        this.table = table;
    }

    /**
     * A forest.
     *
     * @param trees of one output without link; a leaf's value {@code v >= 0} is a row of the table, {@code v < 0} means
     *     that output {@code -1 - v} is 1 and the others 0
     * @param table rows x outputs; not copied
     * @throws IllegalArgumentException if a leaf points elsewhere
     */
    public static ForestScorer of(TreeEnsemble trees, int outputs, float[] table) {
        String problem = problem(trees, outputs, table);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("No forest: " + problem + ".");
        }
        return new ForestScorer(trees, outputs, table);
    }

    private static String problem(TreeEnsemble trees, int outputs, float[] table) {
        if (trees.outputs() != 1 || trees.trees() == 0) {
            return "%d trees of %d outputs instead of at least one tree of one"
                    .formatted(trees.trees(), trees.outputs());
        }
        if (outputs < 1 || table.length % outputs != 0) {
            return "the table of %d values has no rows of %d outputs".formatted(table.length, outputs);
        }
        int rows = table.length / outputs;
        for (double leaf : trees.parts().leaves) {
            if (leaf != Math.rint(leaf) || leaf >= rows || leaf < -outputs) {
                return "a leaf holds %s, which is neither a row of 0..%d nor an output".formatted(leaf, rows - 1);
            }
        }
        for (float value : table) {
            if (!Float.isFinite(value)) {
                return "the table holds " + value;
            }
        }
        return "";
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public int width() {
        return trees.width();
    }

    /** Number of trees. */
    public int trees() {
        return trees.trees();
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        Arrays.fill(out, 0, outputs, 0);
        int count = trees.trees();
        for (int tree = 0; tree < count; tree++) {
            int leaf = (int) trees.leafValue(tree, row);
            if (leaf < 0) {
                out[-1 - leaf]++;
                continue;
            }
            int at = leaf * outputs;
            for (int k = 0; k < outputs; k++) {
                out[k] += table[at + k];
            }
        }
        for (int k = 0; k < outputs; k++) {
            out[k] /= count;
        }
    }

    @Override
    public void write(Node node) {
        node.put("outputs", outputs);
        node.put("table", table);
        Scorers.write(trees, node.child("trees"));
    }

    static final class Codec implements ScorerCodec {

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Scorer read(Node node) {
            int outputs = node.integer("outputs", 1, Integer.MAX_VALUE);
            float[] table = node.floats("table");
            Scorer trees = Scorers.read(node.node("trees"));
            if (!(trees instanceof TreeEnsemble ensemble)) {
                throw node.wrong("trees", "is no ensemble of trees");
            }
            String problem = problem(ensemble, outputs, table);
            Checks.that(problem.isEmpty(), node, "table", problem);
            return new ForestScorer(ensemble, outputs, table);
        }
    }
}
