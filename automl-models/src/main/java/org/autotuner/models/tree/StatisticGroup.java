package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.autotuner.budget.Deadline;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.CategoryStatistic;

/**
 * Columns of statistics of the same categories in several orders of the rows, as ranks: of floats, several orders of many columns
 * would fill the heap. Immutable once made.
 */
final class StatisticGroup {

    private static final int FEW_LEVELS = 64;

    private final List<List<byte[]>> ranks = new ArrayList<>();
    private final List<float[]> cuts = new ArrayList<>();
    private final List<CategoryStatistic> statistics = new ArrayList<>();

    private StatisticGroup(int orders) {
        for (int order = 0; order < orders; order++) {
            ranks.add(new ArrayList<>());
        }
    }

    /** A column: what new rows have, of each level, too, and the training rows in each order. */
    private void add(CategoryStatistic statistic, float[] ofLevels, List<float[]> values) {
        float[] own = StatisticCuts.of(ofLevels, values.get(0));
        statistics.add(statistic);
        cuts.add(own);
        for (int order = 0; order < ranks.size(); order++) {
            boolean isShared = order > 0 && values.get(order) == values.get(0);
            List<byte[]> first = ranks.get(0);
            ranks.get(order).add(isShared ? first.get(first.size() - 1) : Bins.ranked(values.get(order), own));
        }
    }

    /** How many rows have each level, where there are many, and the mean of each target. */
    static StatisticGroup of(
            CategoryColumn column, FeatureMatrix matrix, StatisticTargets targets, int[][] orders, Deadline deadline) {
        StatisticGroup group = new StatisticGroup(orders.length);
        if (column.size() > FEW_LEVELS) { // of fewer, frequencies hardly tell how far to trust a mean
            float[] counts = column.counts(targets.weights());
            CategoryStatistic count = column.statistic(counts, 0);
            group.add(count, counts, Collections.nCopies(orders.length, values(count, matrix)));
        }
        for (int t = 0; t < targets.count(); t++) {
            deadline.check();
            float[] target = targets.values().get(t);
            double prior = targets.priors()[t];
            float[] means = column.means(target, targets.weights(), prior);
            group.add(
                    column.statistic(means, prior),
                    means,
                    Arrays.stream(orders)
                            .map(order -> column.ordered(order, target, targets.weights(), prior, means))
                            .toList());
        }
        return group;
    }

    /** The statistic of each row as that of a new one. */
    static float[] values(CategoryStatistic statistic, FeatureMatrix matrix) {
        float[] values = new float[matrix.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = statistic.value(matrix.denseArray(), row * matrix.width());
        }
        return values;
    }

    List<byte[]> ranks(int order) {
        return ranks.get(order);
    }

    List<float[]> cuts() {
        return cuts;
    }

    List<CategoryStatistic> statistics() {
        return statistics;
    }

    /** Rough heap size. */
    long bytes() {
        long rows = ranks.stream()
                .flatMap(List::stream)
                .distinct()
                .mapToLong(column -> column.length)
                .sum();
        return rows + statistics.stream().mapToLong(CategoryStatistic::bytes).sum();
    }
}
