package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.prepare.FeatureRow;
import org.junit.jupiter.api.Test;

class ForestScorerTest {

    private static final float[] TABLE = {0.5f, 0.25f, 0.25f, 0, 0.5f, 0.5f};

    @Test
    void outputsAreTheMeansOverTheTreesLeaves() {
        Scorer forest = ForestScorer.of(trees(0, -3), 3, TABLE);
        assertThat(score(forest, 0)).containsExactly((0.5 + 0) / 2, (0.25 + 0.5) / 2, (0.25 + 0.5) / 2);
        assertThat(score(forest, 2)).containsExactly(0, 0.25, 0.75);
    }

    @Test
    void itComesBackFromAFile() {
        Scorer forest = ForestScorer.of(trees(0, -3), 3, TABLE);
        Node node = Node.root();
        Scorers.write(forest, node);
        Scorer again = Scorers.read(node);
        assertThat(score(again, 0)).isEqualTo(score(forest, 0));
        assertThat(again.width()).isEqualTo(1);
    }

    @Test
    void leavesThatPointNowhereAreRefused() {
        for (double leaf : new double[] {2, -4, 0.5, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> ForestScorer.of(trees(leaf, 0), 3, TABLE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a leaf holds");
        }
        assertThatThrownBy(() -> ForestScorer.of(trees(0, 1), 4, TABLE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ForestScorer.of(trees(0, 0), 3, new float[] {1, Float.NaN, 0}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDamagedFileIsRefused() {
        Node node = Node.root();
        Scorers.write(ForestScorer.of(trees(0, -3), 3, TABLE), node);
        node.node("scorer").put("table", new float[3]);
        assertThatThrownBy(() -> Scorers.read(node)).isInstanceOf(BundleException.class);
    }

    /** Two trees that split at 1: the first goes to the given leaves, the second to row 1 of the table. */
    private static TreeEnsemble trees(double left, double right) {
        int[] leaf = {-1};
        return new TreeEnsembleBuilder(1, 1)
                .addTree(
                        new int[3],
                        new double[] {1, 0, 0},
                        new int[] {1, -1, -1},
                        new int[] {2, -1, -1},
                        new int[3],
                        null,
                        new double[] {0, left, right},
                        null)
                .addTree(new int[1], new double[1], leaf, leaf, new int[1], null, new double[] {1}, null)
                .build();
    }

    private static double[] score(Scorer scorer, float x) {
        FeatureRow row = TreeEnsembleTest.matrix(1, new float[] {x}).cursor();
        double[] out = new double[scorer.outputs()];
        scorer.score(row, out);
        return out;
    }
}
