package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.junit.jupiter.api.Test;

class StatisticTreesTest {

    private static CategoryStatistic statistic(float ofCodeOne) {
        return CategoryStatistic.of(new int[] {0}, new int[] {2}, new long[] {2}, new float[] {ofCodeOne}, 0);
    }

    /** Adds 1 to the first output where the feature is above the threshold. */
    private static void stump(TreeEnsembleBuilder builder, int feature, double threshold) {
        builder.addTree(
                new int[] {feature, 0, 0},
                new double[] {threshold, 0, 0},
                new int[] {1, -1, -1},
                new int[] {2, -1, -1},
                new int[] {TreeEnsembleBuilder.MISSING_NAN, 0, 0},
                null,
                new double[] {0, 0, 1},
                new double[] {2, 1, 1});
    }

    private static double score(Scorer scorer, float... row) {
        List<Feature> features = IntStream.range(0, row.length)
                .mapToObj(f -> new Feature("f" + f, "f" + f, 0))
                .toList();
        double[] out = new double[1];
        scorer.score(FeatureMatrix.dense(features, 1, row).cursor(), out);
        return out[0];
    }

    @Test
    void statisticsFollowTheFeaturesOfTheRow() {
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder(4, 1);
        stump(builder, 1, 0.5);
        stump(builder, 3, 6);
        StatisticTrees trees = StatisticTrees.of(List.of(statistic(5), statistic(7)), builder.build());
        assertThat(trees.width()).isEqualTo(2);
        assertThat(trees.statistics()).as("the first one is idle").isEqualTo(1);
        assertThat(score(trees, 1, 1)).isEqualTo(2);
        assertThat(score(trees, 1, 0)).isEqualTo(1);
        assertThat(score(trees, 0, 1)).isEqualTo(1);
        assertThat(score(trees, Float.NaN, Float.NaN)).as("NaN goes right").isEqualTo(1);
    }

    @Test
    void truncationKeepsTheFirstRoundsAndWhatTheyAskFor() {
        TreeEnsembleBuilder builder = new TreeEnsembleBuilder(3, 1);
        stump(builder, 0, 0.5);
        stump(builder, 2, 6);
        StatisticTrees trees = StatisticTrees.of(List.of(statistic(7)), builder.build());
        assertThat(trees.rounds()).isEqualTo(2);
        assertThat(score(trees, 1, 0)).isEqualTo(2);
        StatisticTrees first = trees.truncate(1);
        assertThat(first.rounds()).isEqualTo(1);
        assertThat(first.statistics()).isZero();
        assertThat(score(first, 1, 0)).isEqualTo(1);
        assertThat(score(trees.truncate(0), 1, 0)).isZero();
    }

    @Test
    void treesOnFewerFeaturesThanStatisticsAreRefused() {
        TreeEnsemble trees = new TreeEnsembleBuilder(1, 1).build();
        assertThatThrownBy(() -> StatisticTrees.of(List.of(statistic(1), statistic(2)), trees))
                .hasMessageContaining("2 statistics");
    }
}
