package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.autotuner.score.ScorerArgumentsTest.wrong;

import java.util.function.Consumer;
import org.autotuner.bundle.Node;
import org.junit.jupiter.api.Test;

/** Files of trees in which a walk would leave its arrays, or not end, are refused. */
class DamagedTreesTest {

    private static final int STRIDE = TreeEnsemble.STRIDE;

    /** Two trees: a numeric split and a split by the categories 1 and 33. */
    private static TreeEnsemble sample() {
        int[] left = {1, -1, -1};
        int[] right = {2, -1, -1};
        double[] cover = {9, 5, 4};
        return new TreeEnsembleBuilder(2, 1)
                .addTree(new int[3], new double[3], left, right, new int[3], null, new double[] {0, 1, 2}, cover)
                .addTree(
                        new int[] {1, 0, 0},
                        new double[3],
                        left,
                        right,
                        new int[] {TreeEnsembleBuilder.CATEGORICAL, 0, 0},
                        new int[][] {{1, 33}, {}, {}},
                        new double[] {0, 3, 4},
                        cover)
                .build();
    }

    private static void refused(String message, Consumer<Node> damage) {
        DamagedScorersTest.refused(sample(), message, damage);
    }

    private static void node(String message, int cell, int value) {
        refused(message, node -> node.ints("nodes")[cell] = value);
    }

    @Test
    void theArraysMustFitEachOther() {
        refused("width", node -> node.put("width", -1));
        refused("base", node -> node.put("base", new double[0]));
        refused("base", node -> node.put("base", new double[] {Double.NaN}));
        refused("output", node -> node.put("output", new int[1]));
        refused("output", node -> node.put("output", new int[] {0, 1}));
        refused("output", node -> node.put("output", new int[] {-1, 0}));
        refused("trees_per_round", node -> node.put("trees_per_round", 0));
        refused("whole nodes", node -> node.put("nodes", new int[6 * STRIDE + 1]));
        refused("cover", node -> node.put("cover", new float[5]));
        refused("leaves", node -> node.put("leaves", new double[3]));
        refused("leaves", node -> node.put("leaves", new double[5]));
        refused("leaves", node -> node.put("leaves", new double[] {1, 2, 3, Double.NaN}));
        Node bare = Node.root();
        Scorers.write(sample(), bare);
        bare.node("scorer").put("cover", new float[0]);
        assertThat(((TreeEnsemble) Scorers.read(bare)).trees()).isEqualTo(2);
    }

    @Test
    void rootsAreIncreasingPlacesOfNodes() {
        for (int wrong : new int[] {-STRIDE, 0, 7 * STRIDE, Integer.MAX_VALUE}) {
            refused("roots", node -> node.put("roots", new int[] {0, wrong}));
        }
        for (int wrong : new int[] {3 * STRIDE + 1, 6 * STRIDE}) {
            // The tree before it, which ends elsewhere then, may be refused first.
            refused("damaged", node -> node.put("roots", new int[] {0, wrong}));
        }
        // The same trees behind a node that no tree reaches.
        refused("do not start at the first node", node -> {
            int[] nodes = node.ints("nodes");
            int[] moved = new int[nodes.length + STRIDE];
            System.arraycopy(nodes, 0, moved, STRIDE, nodes.length);
            moved[STRIDE + 2] += STRIDE;
            moved[4 * STRIDE + 2] += STRIDE;
            node.put("nodes", moved)
                    .put("roots", new int[] {STRIDE, 4 * STRIDE})
                    .put("cover", new float[0]);
        });
    }

    @Test
    void childrenComeAfterTheirParentsInsideTheTree() {
        for (int wrong : new int[] {-STRIDE, 0, 2 * STRIDE, 3 * STRIDE, STRIDE + 1, Integer.MAX_VALUE}) {
            node("child", 2, wrong);
        }
        node("child", 3 * STRIDE + 2, STRIDE);
        node("child", 3 * STRIDE + 2, 3 * STRIDE);
    }

    @Test
    void splitsAndLeavesAreInRange() {
        node("feature", 0, 2 << TreeEnsemble.FEATURE_SHIFT);
        node("leaves out of order", STRIDE, ~1);
        node("leaves out of order", STRIDE, Integer.MIN_VALUE);
        node("set", 3 * STRIDE + 1, -1);
        node("set", 3 * STRIDE + 1, 1);
        node("set", 3 * STRIDE + 1, 3);
        refused("set", node -> node.ints("sets")[0] = 3);
        refused("set", node -> node.ints("sets")[0] = -1);
        refused("set", node -> node.ints("sets")[0] = Integer.MAX_VALUE);
    }

    @Test
    void theBuilderRefusesWhatIsNoTreeAndSaysWhere() {
        int[] leaf = {-1};
        wrong("Width -1", () -> new TreeEnsembleBuilder(-1, 1));
        wrong("outputs 0", () -> new TreeEnsembleBuilder(1, 0));
        wrong("2 base scores for 1", () -> new TreeEnsembleBuilder(1, 1).base(1, 2));
        wrong("at least one tree", () -> new TreeEnsembleBuilder(1, 1).treesPerRound(0));
        for (int output : new int[] {-1, 1}) {
            wrong("Output " + output + " is not in 0..0", () -> new TreeEnsembleBuilder(1, 1)
                    .addTree(output, new int[1], new double[1], leaf, leaf, new int[1], null, new double[1], null));
        }
        wrong("at least one node", () -> new TreeEnsembleBuilder(1, 1)
                .addTree(new int[0], new double[0], new int[0], new int[0], new int[0], null, new double[0], null));
        wrong("leaf of tree 0 is NaN", () -> new TreeEnsembleBuilder(1, 1)
                .addTree(new int[1], new double[1], leaf, leaf, new int[1], null, new double[] {Double.NaN}, null));
        wrong("feature -1", () -> tree(-1, 1, 2, 0));
        wrong("feature 1", () -> tree(1, 1, 2, 0));
        wrong("children 3 and 2", () -> tree(0, 3, 2, 0));
        wrong("children 1 and 3", () -> tree(0, 1, 3, 0));
        wrong("children 1 and -1", () -> tree(0, 1, -1, 0));
        wrong("0..16777215", () -> tree(0, 1, 2, TreeEnsemble.MAX_CODE));
        wrong("0..16777215", () -> tree(0, 1, 2, -1));
        assertThat(tree(0, 1, 2, TreeEnsemble.MAX_CODE - 1).trees()).isEqualTo(1);
        wrong("must not be negative", () -> sample().truncate(-1));
    }

    private static TreeEnsemble tree(int feature, int left, int right, int code) {
        return new TreeEnsembleBuilder(1, 1)
                .addTree(
                        new int[] {feature, 0, 0},
                        new double[3],
                        new int[] {left, -1, -1},
                        new int[] {right, -1, -1},
                        new int[] {TreeEnsembleBuilder.CATEGORICAL, 0, 0},
                        new int[][] {{code}, {}, {}},
                        new double[3],
                        null)
                .build();
    }
}
