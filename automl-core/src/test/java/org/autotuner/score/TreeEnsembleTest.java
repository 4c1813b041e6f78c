package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.junit.jupiter.api.Test;

class TreeEnsembleTest {

    private static final int[] LEFT = {1, -1, -1};
    private static final int[] RIGHT = {2, -1, -1};
    private static final double[] VALUE = {0, -1, 1};

    @Test
    void splitsGoLeftUpToTheThresholdItself() {
        assertThat(walk(0.5, 0, 0.5f)).isEqualTo(-1);
        assertThat(walk(0.5, 0, Math.nextUp(0.5f))).isEqualTo(1);
        for (int flags = 0; flags < TreeEnsembleBuilder.STRICT; flags++) {
            assertThat(walk(-0.5, flags, -0.5f)).as("flags %d", flags).isEqualTo(-1);
            assertThat(walk(-0.5, flags, Math.nextUp(-0.5f)))
                    .as("flags %d", flags)
                    .isEqualTo(1);
        }
        assertThat(walk(0.5, TreeEnsembleBuilder.STRICT, 0.5f)).isEqualTo(1);
        assertThat(walk(0.5, TreeEnsembleBuilder.STRICT, Math.nextDown(0.5f))).isEqualTo(-1);
    }

    @Test
    void doubleThresholdsDecideFloatsExactly() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            double threshold = random.nextInt(4) == 0
                    ? Float.intBitsToFloat(random.nextInt())
                    : random.nextDouble(-2, 2) * Math.pow(10, random.nextInt(-44, 39));
            if (Double.isNaN(threshold)) {
                continue;
            }
            float[] near = {(float) threshold, Math.nextUp((float) threshold), Math.nextDown((float) threshold), 0f, -0f
            };
            for (float x : near) {
                float exact = TreeEnsembleBuilder.exactThreshold(threshold, false);
                float strict = TreeEnsembleBuilder.exactThreshold(threshold, true);
                assertThat(x <= exact).as("%s <= %s", x, threshold).isEqualTo(x <= threshold);
                assertThat(x <= strict).as("%s < %s", x, threshold).isEqualTo(x < threshold);
            }
        }
    }

    @Test
    void missingValuesFollowTheKindOfTheNode() {
        int left = TreeEnsembleBuilder.DEFAULT_LEFT;
        // LightGBM, Tree::NumericalDecision: NaN counts as 0 unless it is the missing value.
        assertThat(walk(0.5, 0, Float.NaN)).isEqualTo(-1);
        assertThat(walk(-0.5, left, Float.NaN)).isEqualTo(1);
        assertThat(walk(0.5, TreeEnsembleBuilder.MISSING_NAN, Float.NaN)).isEqualTo(1);
        assertThat(walk(-0.5, TreeEnsembleBuilder.MISSING_NAN | left, Float.NaN))
                .isEqualTo(-1);
        assertThat(walk(0.5, TreeEnsembleBuilder.MISSING_NAN, 0)).isEqualTo(-1);
        for (float zero : new float[] {Float.NaN, 0, -0f, 1e-36f, -1e-36f}) {
            assertThat(walk(0.5, TreeEnsembleBuilder.MISSING_ZERO, zero)).isEqualTo(1);
            assertThat(walk(-0.5, TreeEnsembleBuilder.MISSING_ZERO | left, zero))
                    .isEqualTo(-1);
        }
        assertThat(walk(0.5, TreeEnsembleBuilder.MISSING_ZERO, 1e-30f)).isEqualTo(-1);
    }

    @Test
    void categoriesOfLightGbmGoLeftWhenInTheSetAndRightWhenUnknown() {
        for (float code : new float[] {1, 33, 64}) {
            assertThat(category(TreeEnsembleBuilder.CATEGORICAL, code)).isEqualTo(-1);
        }
        for (float code : new float[] {0, 2, 32, 65, 1e9f, 1e30f, -1, -2, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThat(category(TreeEnsembleBuilder.CATEGORICAL, code)).isEqualTo(1);
        }
    }

    @Test
    void categoriesOfXgBoostGoRightWhenInTheSetAndLeftWhenUnknown() {
        int flags = TreeEnsembleBuilder.CATEGORICAL | TreeEnsembleBuilder.SET_RIGHT;
        for (float code : new float[] {1, 33, 64}) {
            assertThat(category(flags, code)).isEqualTo(1);
        }
        for (float code : new float[] {0, 2, 65, 1e9f, -1}) {
            assertThat(category(flags, code)).isEqualTo(-1);
        }
        assertThat(category(flags, Float.NaN)).isEqualTo(1);
        assertThat(category(flags | TreeEnsembleBuilder.DEFAULT_LEFT, Float.NaN))
                .isEqualTo(-1);
    }

    @Test
    void treesAddUpPerOutputAndTheLinkComesLast() {
        TreeEnsembleBuilder builder =
                new TreeEnsembleBuilder(1, 2).base(0.5, -0.5).link(Link.SOFTMAX);
        for (double value : new double[] {1, 2, 3, 4}) {
            builder.addTree(
                    new int[1],
                    new double[1],
                    new int[] {-1},
                    new int[1],
                    new int[1],
                    null,
                    new double[] {value},
                    null);
        }
        TreeEnsemble ensemble = builder.build();
        double[] out = new double[2];
        ensemble.margins(row(0), out);
        assertThat(out).containsExactly(4.5, 5.5);
        ensemble.score(row(0), out);
        assertThat(out[1]).isCloseTo(1 / (1 + Math.exp(-1)), org.assertj.core.data.Offset.offset(1e-12));
        assertThat(ensemble.rounds()).isEqualTo(2);
        ensemble.truncate(1).margins(row(0), out);
        assertThat(out).containsExactly(1.5, 1.5);
        ensemble.truncate(0).margins(row(0), out);
        assertThat(out).containsExactly(0.5, -0.5);
    }

    @Test
    void forestsAverageAndFloatSumsRoundLikeXgBoost() {
        TreeEnsembleBuilder forest = new TreeEnsembleBuilder(1, 1).average(true);
        TreeEnsembleBuilder floats = new TreeEnsembleBuilder(1, 1).base(1).floatSums(true);
        for (double value : new double[] {0.1, 0.2}) {
            for (TreeEnsembleBuilder builder : new TreeEnsembleBuilder[] {forest, floats}) {
                builder.addTree(
                        new int[1],
                        new double[1],
                        new int[] {-1},
                        new int[1],
                        new int[1],
                        null,
                        new double[] {value},
                        null);
            }
        }
        assertThat(score(forest.build(), 0)).isEqualTo(0.05 + 0.1);
        assertThat(score(floats.build(), 0)).isEqualTo(1f + 0.1f + 0.2f);
    }

    @Test
    void truncationGivesTheSumsOfTheFirstRounds() {
        SplittableRandom random = new SplittableRandom(9);
        TreeEnsembleBuilder builder = SampleScorers.trees(random, 3, 1, 5);
        TreeEnsemble five = builder.build();
        SplittableRandom more = new SplittableRandom(9);
        TreeEnsemble first = SampleScorers.trees(more, 3, 1, 3).build();
        FeatureMatrix rows = matrix(3, SampleScorers.floats(random, 300));
        double[] a = new double[1];
        double[] b = new double[1];
        for (int i = 0; i < 100; i++) {
            five.truncate(3).score(rows.cursor().to(i), a);
            first.score(rows.cursor().to(i), b);
            assertThat(a).isEqualTo(b);
        }
        assertThat(five.truncate(99)).isSameAs(five);
    }

    @Test
    void whatIsNoTreeIsRefused() {
        assertThatThrownBy(() -> walk(Double.NaN, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TreeEnsembleBuilder(1, 1)
                        .addTree(
                                new int[2],
                                new double[2],
                                new int[] {0, -1},
                                new int[] {1, -1},
                                new int[2],
                                null,
                                new double[2],
                                null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tree 0");
        assertThatThrownBy(() -> new TreeEnsembleBuilder(1, 1)
                        .addTree(new int[] {1, 0, 0}, new double[3], LEFT, RIGHT, new int[3], null, VALUE, null))
                .hasMessageContaining("feature 1");
    }

    private static double walk(double threshold, int flags, float x) {
        return score(
                new TreeEnsembleBuilder(1, 1)
                        .addTree(
                                new int[3],
                                new double[] {threshold, 0, 0},
                                LEFT,
                                RIGHT,
                                new int[] {flags, 0, 0},
                                null,
                                VALUE,
                                null)
                        .build(),
                x);
    }

    private static double category(int flags, float x) {
        int[][] sets = {{64, 1, 33}, {}, {}};
        return score(
                new TreeEnsembleBuilder(1, 1)
                        .addTree(new int[3], new double[3], LEFT, RIGHT, new int[] {flags, 0, 0}, sets, VALUE, null)
                        .build(),
                x);
    }

    private static double score(Scorer scorer, float x) {
        double[] out = new double[1];
        scorer.score(row(x), out);
        return out[0];
    }

    private static org.autotuner.prepare.FeatureRow row(float... values) {
        return matrix(values.length, values).cursor();
    }

    static FeatureMatrix matrix(int width, float[] values) {
        return FeatureMatrix.dense(
                IntStream.range(0, width)
                        .mapToObj(i -> new Feature("f" + i, "f" + i, 0))
                        .toList(),
                values.length / width,
                values);
    }
}
