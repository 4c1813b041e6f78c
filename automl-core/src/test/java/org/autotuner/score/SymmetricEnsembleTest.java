package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.SymmetricEnsembleBuilder.Kind;
import org.autotuner.score.SymmetricEnsembleBuilder.Question;
import org.junit.jupiter.api.Test;

class SymmetricEnsembleTest {

    private static double[] score(Scorer scorer, float... row) {
        List<Feature> features = java.util.stream.IntStream.range(0, row.length)
                .mapToObj(f -> new Feature("f" + f, "f" + f, 0))
                .toList();
        double[] out = new double[scorer.outputs()];
        scorer.score(FeatureMatrix.dense(features, 1, row).cursor(), out);
        return out;
    }

    private static SymmetricEnsembleBuilder builder(int width) {
        return new SymmetricEnsembleBuilder(width, new double[1], Link.IDENTITY);
    }

    @Test
    void answersMakeTheIndexOfTheLeaf() {
        SymmetricEnsemble ensemble = builder(3)
                .tree(
                        List.of(
                                new Question(0, 0.5f, Kind.ABOVE),
                                new Question(1, 2, Kind.EQUAL),
                                new Question(2, -1, Kind.ABOVE_OR_MISSING)),
                        new double[] {0, 1, 2, 3, 4, 5, 6, 7})
                .build();
        assertThat(score(ensemble, 0.5f, 1, -1)).containsExactly(0);
        assertThat(score(ensemble, 0.6f, 1, -1)).containsExactly(1);
        assertThat(score(ensemble, 0, 2, -1)).containsExactly(2);
        assertThat(score(ensemble, 0, 0, 0)).containsExactly(4);
        assertThat(score(ensemble, 1, 2, 3)).containsExactly(7);
        assertThat(score(ensemble, Float.NaN, Float.NaN, Float.NaN))
                .as("missing")
                .containsExactly(4);
    }

    @Test
    void statisticsAreThoseOfTheCombination() {
        int[] features = {0, 1};
        int[] levels = {3, 2};
        float[] known = {2, 0, Float.NaN, 1};
        long both = CategoryStatistic.key(features, levels, known, 0);
        long one = CategoryStatistic.key(features, levels, known, 2);
        assertThat(both).isEqualTo(3 * 3 + 1);
        assertThat(one).isEqualTo(2);
        CategoryStatistic statistic =
                CategoryStatistic.of(features, levels, new long[] {one, both}, new float[] {0.25f, 0.75f}, 0.5f);
        assertThat(statistic.value(known, 0)).isEqualTo(0.75f);
        assertThat(statistic.value(known, 2)).isEqualTo(0.25f);
        assertThat(statistic.value(new float[] {7, 1}, 0))
                .as("code 7 counts as missing")
                .isEqualTo(0.25f);
        assertThat(statistic.value(new float[] {1, 1}, 0)).as("never seen").isEqualTo(0.5f);
    }

    @Test
    void statisticsThatNoTreeAsksForAreLeftOut() {
        SymmetricEnsembleBuilder builder = builder(1);
        int idle = builder.statistic(statistic(3));
        int first = builder.statistic(statistic(5));
        int second = builder.statistic(statistic(7));
        assertThat(idle).isEqualTo(1);
        SymmetricEnsemble both = builder.tree(List.of(new Question(second, 6, Kind.ABOVE)), new double[] {1, 2})
                .tree(List.of(new Question(first, 6, Kind.ABOVE)), new double[] {10, 20})
                .build();
        assertThat(both.parts().statistics()).hasSize(2);
        assertThat(score(both, 0)).containsExactly(12);
        assertThat(both.truncate(1).parts().statistics()).hasSize(1);
        assertThat(score(both.truncate(1), 0)).containsExactly(2);
    }

    private static CategoryStatistic statistic(float value) {
        return CategoryStatistic.of(new int[] {0}, new int[] {1}, new long[] {1}, new float[] {value}, 0);
    }

    @Test
    void truncationKeepsTheFirstTrees() {
        SplittableRandom random = new SplittableRandom(1);
        SymmetricEnsemble whole = SampleScorers.symmetric(random, 4, 3, Link.SOFTMAX);
        SymmetricEnsembleBuilder base =
                new SymmetricEnsembleBuilder(4, whole.parts().base(), Link.SOFTMAX);
        float[] row = {1, 0.5f, -0.5f, 1};
        assertThat(score(whole.truncate(0), row)).isEqualTo(score(base.build(), row));
        assertThat(whole.truncate(whole.trees())).isSameAs(whole);
        assertThat(score(whole.truncate(4), row)).isNotEqualTo(score(whole, row));
        assertThat(whole.truncate(4).truncate(2).trees()).isEqualTo(2);
        assertThat(score(whole.truncate(4).truncate(2), row)).isEqualTo(score(whole.truncate(2), row));
    }

    @Test
    void treesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> builder(1).tree(List.of(new Question(1, 0, Kind.ABOVE)), new double[2]))
                .hasMessageContaining("feature 1");
        assertThatThrownBy(() -> builder(1).tree(List.of(new Question(0, 0, Kind.ABOVE)), new double[3]))
                .hasMessageContaining("leaves");
        assertThatThrownBy(() -> builder(1).tree(List.of(), new double[] {Double.NaN}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() ->
                        CategoryStatistic.of(new int[] {0}, new int[] {3}, new long[] {2, 1}, new float[] {1, 2}, 0))
                .hasMessageContaining("ascend");
        assertThatThrownBy(() -> CategoryStatistic.of(
                        new int[] {0, 1, 2, 3},
                        new int[] {1 << 20, 1 << 20, 1 << 20, 1 << 20},
                        new long[0],
                        new float[0],
                        0))
                .hasMessageContaining("combinations");
    }
}
