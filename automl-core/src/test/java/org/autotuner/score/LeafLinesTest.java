package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Consumer;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.junit.jupiter.api.Test;

class LeafLinesTest {

    /** Left of 1 in feature 0: 5 + 2 x0 + 3 x1, or 7 where one is missing; right of it 9. Features are within 0..10. */
    private static TreeEnsembleBuilder builder(int trees) {
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder(2, 1).lines(new float[] {0, 0}, new float[] {10, 10});
        for (int tree = 0; tree < trees; tree++) {
            builder.addTree(
                    0,
                    new int[3],
                    new double[] {1, 0, 0},
                    new int[] {1, -1, -1},
                    new int[] {2, -1, -1},
                    new int[] {TreeEnsembleBuilder.MISSING_NAN | TreeEnsembleBuilder.DEFAULT_LEFT, 0, 0},
                    null,
                    new double[] {0, 7, 9},
                    null,
                    new TreeEnsembleBuilder.Lines(
                            new int[][] {{}, {0, 1}, {}}, new double[][] {{}, {2, 3}, {}}, new double[] {0, 5, 0}));
        }
        return builder;
    }

    @Test
    void aLeafHasTheValueOfItsLine() {
        assertThat(score(builder(1).build(), 0.5f, 4)).isCloseTo(5 + 1 + 12, within(1e-12));
        assertThat(score(builder(1).build(), 2, 4)).isEqualTo(9);
        assertThat(score(builder(3).build(), 0.5f, 4)).isCloseTo(3 * 18, within(1e-12));
    }

    @Test
    void whereAFeatureIsMissingItHasItsPlainValue() {
        assertThat(score(builder(1).build(), 0.5f, Float.NaN)).isEqualTo(7);
        assertThat(score(builder(1).build(), Float.NaN, 1)).isEqualTo(7);
    }

    @Test
    void linesEndAtTheRangeOfTraining() {
        assertThat(score(builder(1).build(), -50, 4)).isCloseTo(5 + 12, within(1e-12));
        assertThat(score(builder(1).build(), 1, 1e9f)).isCloseTo(5 + 2 + 30, within(1e-12));
    }

    @Test
    void treesAreCutWithTheirLines() {
        assertThat(score(builder(3).build().truncate(2), 0.5f, 4)).isCloseTo(2 * 18, within(1e-12));
    }

    @Test
    void aFileGivesTheSameLinesBack() {
        TreeEnsemble trees = builder(2).build();
        assertThat(score(read(trees, node -> {}), 0.25f, 3)).isEqualTo(score(trees, 0.25f, 3));
    }

    @Test
    void damagedLinesAreRefused() {
        refused("line_starts", node -> node.put("line_starts", new int[] {0, 3, 2}));
        refused("line_starts", node -> node.put("line_starts", new int[] {1, 2, 2}));
        refused("line_starts", node -> node.put("line_starts", new int[] {0, 2}));
        refused("line_features", node -> node.put("line_features", new int[] {0, 2}));
        refused("line_features", node -> node.put("line_features", new int[] {0}));
        refused("line_slopes", node -> node.put("line_slopes", new double[] {1, Double.NaN}));
        refused("line_constants", node -> node.put("line_constants", new double[] {Double.POSITIVE_INFINITY, 0}));
        refused("line_low", node -> node.put("line_low", new float[] {11, 0}));
        refused("line_high", node -> node.put("line_high", new float[] {1}));
    }

    @Test
    void linesMustBeAnnouncedAndAddUpInDoubles() {
        assertThatThrownBy(() -> builder(1).average(true).build()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder(1).lines(new float[2], new float[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("before the first tree");
        assertThatThrownBy(() -> new TreeEnsembleBuilder(2, 1)
                        .addTree(
                                0,
                                new int[1],
                                new double[1],
                                new int[] {-1},
                                new int[] {-1},
                                new int[1],
                                null,
                                new double[1],
                                null,
                                new TreeEnsembleBuilder.Lines(
                                        new int[][] {{0}}, new double[][] {{1}}, new double[] {1})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("announced");
    }

    @Test
    void linesOfNoNumbersAreRefused() {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new LeafLines.Collector(new float[1], new float[1])
                            .add(new int[] {0}, new double[] {wrong}, 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() ->
                            new LeafLines.Collector(new float[1], new float[1]).add(new int[0], new double[0], wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static double score(Scorer scorer, float... cells) {
        double[] out = new double[1];
        scorer.score(TreeEnsembleTest.matrix(2, cells).cursor(), out);
        return out[0];
    }

    private static Scorer read(Scorer scorer, Consumer<Node> damage) {
        Node node = Node.root();
        Scorers.write(scorer, node);
        damage.accept(node.node("scorer"));
        return Scorers.read(node);
    }

    private static void refused(String name, Consumer<Node> damage) {
        assertThatThrownBy(() -> read(builder(1).build(), damage))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(name);
    }
}
