package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.autotuner.prepare.FeatureRow;
import org.junit.jupiter.api.Test;

class AdditiveScorerTest {

    private static final int[] NO_FLAGS = {TreeEnsembleBuilder.MISSING_NAN, 0, 0};
    private static final float NAN = Float.NaN;

    private static double score(Scorer scorer, float... cells) {
        double[] out = new double[scorer.outputs()];
        scorer.score(TreeEnsembleTest.matrix(cells.length, cells).cursor().to(0), out);
        return out[0];
    }

    /** One split of a number: missing cells go right. */
    private static void stump(TreeEnsembleBuilder builder, int feature, double threshold, double low, double high) {
        builder.addTree(
                new int[] {feature, 0, 0},
                new double[] {threshold, 0, 0},
                new int[] {1, -1, -1},
                new int[] {2, 0, 0},
                NO_FLAGS,
                null,
                new double[] {0, low, high},
                null);
    }

    @Test
    void treesOfOneFeatureBecomeOneFunction() {
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder(2, 1).base(10);
        stump(builder, 1, 3, 1, 2);
        stump(builder, 0, 0, -1, 1);
        stump(builder, 1, 5, 0, 100);
        AdditiveScorer scorer = AdditiveScorer.of(builder.build()).orElseThrow();
        assertThat(scorer.base(0)).isEqualTo(10);
        assertThat(scorer.terms()).hasSize(2);
        AdditiveTerm term = scorer.terms().get(1);
        assertThat(term.axes().get(0).feature()).isEqualTo(1);
        assertThat(term.axes().get(0).edges()).containsExactly(3, 5);
        assertThat(term.axes().get(0).isCategorical()).isFalse();
        double[] values = new double[4];
        for (int cell = 0; cell < 4; cell++) {
            values[cell] = term.value(0, cell);
        }
        assertThat(values).as("up to 3, to 5, beyond, missing").containsExactly(1, 2, 102, 102);
        assertThat(score(scorer, 0, 3)).isEqualTo(10 - 1 + 1);
        assertThat(score(scorer, 0.5f, 3.001f)).isEqualTo(10 + 1 + 2);
        assertThat(score(scorer, NAN, NAN)).isEqualTo(10 + 1 + 102);
        assertThatThrownBy(() -> term.value(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> term.value(1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> term.value(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachCellHasASampleThatFallsIntoIt() {
        for (AdditiveAxis axis : List.of(
                AdditiveAxis.numbers(0, new float[] {Float.NEGATIVE_INFINITY, -1, 0, 4}),
                AdditiveAxis.numbers(0, new float[0]),
                AdditiveAxis.categories(0, 3))) {
            for (int cell = 0; cell < axis.cells(); cell++) {
                assertThat(axis.cell(axis.sample(cell))).isEqualTo(cell);
            }
        }
        AdditiveAxis codes = AdditiveAxis.categories(0, 3);
        assertThat(codes.cells()).isEqualTo(5);
        assertThat(codes.cell(7)).isEqualTo(3);
        assertThat(codes.cell(-1)).isEqualTo(3);
    }

    /** Trees of all kinds of splits over two features: where they can be merged, nothing changes but rounding. */
    @Test
    void mergedTreesScoreAsBefore() {
        int merged = 0;
        for (long seed = 0; seed < 4_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int outputs = 1 + random.nextInt(2);
            TreeEnsemble trees = SampleScorers.trees(random, 2, outputs, 1 + random.nextInt(3))
                    .base(new double[outputs])
                    .build();
            Optional<AdditiveScorer> found = AdditiveScorer.of(trees);
            if (found.isEmpty()) {
                continue;
            }
            merged++;
            float[] cells = new float[60];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = switch (random.nextInt(12)) {
                    case 0 -> NAN;
                    case 1 -> -0f;
                    case 2 -> Float.POSITIVE_INFINITY;
                    case 3 -> Float.NEGATIVE_INFINITY;
                    case 4, 5 -> random.nextInt(50);
                    default -> random.nextInt(-9, 10) / 4f + (random.nextBoolean() ? 0.1f : 0);
                };
            }
            double[] expected = new double[outputs];
            double[] got = new double[outputs];
            FeatureRow row = TreeEnsembleTest.matrix(2, cells).cursor();
            for (int i = 0; i < 30; i++) {
                trees.margins(row.to(i), expected);
                found.get().margins(row.to(i), got);
                assertThat(got).as("seed %d, row %d", seed, i).containsExactly(expected, within(1e-12));
            }
        }
        assertThat(merged).isGreaterThan(200);
    }

    @Test
    void whatIsNoSumOfFunctionsOfTwoFeaturesIsNotMerged() {
        TreeEnsembleBuilder three = new TreeEnsembleBuilder(3, 1)
                .addTree(
                        new int[] {0, 1, 0, 2, 0, 0, 0},
                        new double[7],
                        new int[] {1, 3, -1, 5, -1, -1, -1},
                        new int[] {2, 4, 0, 6, 0, 0, 0},
                        new int[7],
                        null,
                        new double[7],
                        null);
        assertThat(AdditiveScorer.of(three.build())).isEmpty();
        TreeEnsembleBuilder averaged = new TreeEnsembleBuilder(1, 1).average(true);
        stump(averaged, 0, 1, 2, 3);
        assertThat(AdditiveScorer.of(averaged.build())).isEmpty();
        TreeEnsembleBuilder large = new TreeEnsembleBuilder(2, 1);
        for (int i = 0; i < 600; i++) {
            large.addTree(
                    new int[] {0, 1, 0, 0, 0},
                    new double[] {i, i, 0, 0, 0},
                    new int[] {1, 3, -1, -1, -1},
                    new int[] {2, 4, 0, 0, 0},
                    new int[5],
                    null,
                    new double[] {0, 0, 1, 2, 3},
                    null);
        }
        assertThat(AdditiveScorer.of(large.build())).isEmpty();
    }

    @Test
    void treesWithoutSplitsGoIntoTheBase() {
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder(1, 1).base(1);
        builder.addTree(
                new int[1], new double[1], new int[] {-1}, new int[1], new int[1], null, new double[] {4}, null);
        AdditiveScorer scorer = AdditiveScorer.of(builder.build()).orElseThrow();
        assertThat(scorer.terms()).isEmpty();
        assertThat(score(scorer, NAN)).isEqualTo(5);
    }
}
