package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureMatrix;
import org.junit.jupiter.api.Test;

class QuantileScorersTest {

    @Test
    void sortedOutputsNeverCrossAndTheLinkComesBack() {
        // Slopes 1 and -1: beyond 0 the lower quantile would lie above the upper one.
        Scorer scorer = LinearScorer.of(1, 0, new double[] {0, 1}, new double[] {1, -1}, Link.SORTED);
        Node node = Node.root();
        Scorers.write(scorer, node);
        FeatureMatrix rows = matrix(1, -1, 3);
        for (Scorer each : List.of(scorer, Scorers.read(node))) {
            assertThat(score(each, rows, 0)).containsExactly(-1, 2);
            assertThat(score(each, rows, 1)).containsExactly(-2, 3);
        }
    }

    @Test
    void manhattanNeighboursCountAbsoluteDifferences() {
        // From (0, 0): (3, 0) is nearer by Manhattan (3 < 4), (2, 2) by Euclid (2.83 < 3).
        float[] data = {3, 0, 2, 2};
        NeighboursScorer euclid = NeighboursScorer.of(2, 1, true, data, 1, new double[] {10, 20});
        Node node = Node.root();
        Scorers.write(euclid.withManhattan(), node);
        assertThat(score(euclid, matrix(2, 0, 0), 0)).containsExactly(20);
        assertThat(score(Scorers.read(node), matrix(2, 0, 0), 0)).containsExactly(10);
        assertThat(score(Scorers.read(node), matrix(2, Float.NaN, 0.5f), 0))
                .as("missing cells add nothing")
                .containsExactly(10);
    }

    @Test
    void quantilesOfNeighboursFollowTheirCumulatedWeight() {
        double[] targets = {4, 1, 3, 2};
        NeighboursScorer mean = NeighboursScorer.of(1, 4, false, new float[] {0, 0, 0, 0}, 1, targets);
        // As numpy.quantile([1, 2, 3, 4], q, method="averaged_inverted_cdf") gives.
        Node node = Node.root();
        Scorers.write(mean.withQuantiles(0.05, 0.25, 0.5, 0.95), node);
        Scorer scorer = Scorers.read(node);
        assertThat(scorer.outputs()).isEqualTo(4);
        assertThat(score(scorer, matrix(1, 0), 0)).containsExactly(1, 1.5, 2.5, 4);
        // By distance: the row at 0 outweighs all others.
        NeighboursScorer near = NeighboursScorer.of(1, 3, true, new float[] {0, 1, 2}, 1, new double[] {7, 1, 9});
        assertThat(score(near.withQuantiles(0.1, 0.5, 0.9), matrix(1, 0), 0)).containsExactly(7, 7, 7);
        assertThatThrownBy(() -> mean.withQuantiles(0.5, 0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mean.withQuantiles()).isInstanceOf(IllegalArgumentException.class);
        node.node("scorer").put("levels", new double[] {0.9, 0.1});
        assertThatThrownBy(() -> Scorers.read(node)).hasMessageContaining("levels");
    }

    private static FeatureMatrix matrix(int width, float... cells) {
        return TreeEnsembleTest.matrix(width, cells);
    }

    private static double[] score(Scorer scorer, FeatureMatrix rows, int row) {
        double[] out = new double[scorer.outputs()];
        scorer.score(rows.cursor().to(row), out);
        return out;
    }
}
