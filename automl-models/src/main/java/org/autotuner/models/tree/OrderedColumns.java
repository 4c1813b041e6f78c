package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.autotuner.budget.Deadline;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.CategoryStatistic;
import org.autotuner.task.BinaryTask;

/**
 * What symmetric trees may ask of the training rows: numbers, categories of few codes, and for the others ordered statistics,
 * which differ by the order of the rows. Immutable.
 *
 * @param byOrder the same columns in each order; one where nothing depends on it
 * @param chosen columns that may be asked for
 * @param statistics what new rows get for the columns behind the features
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OrderedColumns(List<Bins> byOrder, int[] chosen, List<CategoryStatistic> statistics, int features) {

    /** Of more classes only the most frequent have statistics. */
    private static final int MOST_CLASSES = 12;

    private static final int FEW_LEVELS = 64;
    /** As many as any fit may ask for, so that fits that ask for fewer share them. */
    private static final int MOST_COMBINATIONS = 64;

    /**
     * The columns of some rows.
     *
     * @param oneHot codes up to which a category is asked for directly
     * @param combinations how many columns of combined categories at most
     * @param drawn orders of the rows, at least 1, the same for all fits that share what they derive
     * @param seed of the rows by which combinations are judged
     */
    static OrderedColumns of(
            TrainingData data,
            int cuts,
            int oneHot,
            int combinations,
            int[][] drawn,
            long seed,
            Workers workers,
            Deadline deadline) {
        FeatureMatrix matrix = data.features();
        Bins plain = Bins.shared(data, cuts, workers, deadline);
        List<Integer> large = new ArrayList<>();
        List<Integer> direct = new ArrayList<>();
        for (int f = 0; f < matrix.width(); f++) {
            Feature feature = matrix.features().get(f);
            boolean isLarge = feature.isCategorical() && plain.count(f) - 1 > oneHot;
            if (isLarge) {
                large.add(f);
            } else {
                direct.add(f);
            }
        }
        float[] weights = new float[data.rows()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = (float) data.weights().at(row);
        }
        List<float[]> targets = targets(data);
        int most = combinations / targets.size();
        List<int[]> together = most < 1
                ? List.of()
                : data.derivations()
                        .get(
                                Together.class,
                                new TogetherKey(large),
                                deadline,
                                () -> new Together(new Combinations(
                                                matrix, targets, weights, new SplittableRandom(seed), workers, deadline)
                                        .best(large, MOST_COMBINATIONS)),
                                Together::bytes)
                        .best(most);
        if (large.isEmpty() && together.isEmpty()) {
            return new OrderedColumns(List.of(plain), array(direct), List.of(), matrix.width());
        }
        double[] priors =
                targets.stream().mapToDouble(target -> mean(target, weights)).toArray();
        List<int[]> all = Stream.concat(large.stream().map(f -> new int[] {f}), together.stream())
                .toList();
        Group[] groups = new Group[all.size()];
        workers.each(
                groups.length,
                i -> groups[i] = data.derivations()
                        .get(
                                Group.class,
                                new GroupKey(Arrays.stream(all.get(i)).boxed().toList(), drawn.length),
                                deadline,
                                () -> group(
                                        CategoryColumn.of(matrix, all.get(i)),
                                        matrix,
                                        targets,
                                        weights,
                                        priors,
                                        drawn,
                                        deadline),
                                Group::bytes));
        List<CategoryStatistic> statistics = Arrays.stream(groups)
                .flatMap(group -> group.statistics.stream())
                .toList();
        List<float[]> moreCuts =
                Arrays.stream(groups).flatMap(group -> group.cuts.stream()).toList();
        List<Bins> byOrder = IntStream.range(0, drawn.length)
                .mapToObj(order -> plain.with(
                        Arrays.stream(groups)
                                .flatMap(group -> group.ranks.get(order).stream())
                                .toList(),
                        moreCuts))
                .toList();
        for (int i = 0; i < statistics.size(); i++) {
            direct.add(matrix.width() + i);
        }
        return new OrderedColumns(byOrder, array(direct), statistics, matrix.width());
    }

    private record TogetherKey(List<Integer> categories) {}

    /** Combinations of some categories, best first. */
    private record Together(List<int[]> features) {

        List<int[]> best(int most) {
            return features.subList(0, Math.min(most, features.size()));
        }

        long bytes() {
            return 32L * features.size();
        }
    }

    private record GroupKey(List<Integer> features, int orders) {}

    private static Group group(
            CategoryColumn column,
            FeatureMatrix matrix,
            List<float[]> targets,
            float[] weights,
            double[] priors,
            int[][] drawn,
            Deadline deadline) {
        Group group = new Group(drawn.length);
        if (column.size() > FEW_LEVELS) { // of fewer, frequencies hardly tell how far to trust a mean
            float[] counts = column.counts(weights);
            CategoryStatistic count = column.statistic(counts, 0);
            group.add(count, counts, Collections.nCopies(drawn.length, values(count, matrix)));
        }
        for (int t = 0; t < priors.length; t++) {
            deadline.check();
            float[] target = targets.get(t);
            double prior = priors[t];
            float[] means = column.means(target, weights, prior);
            group.add(
                    column.statistic(means, prior),
                    means,
                    Arrays.stream(drawn)
                            .map(order -> column.ordered(order, target, weights, prior, means))
                            .toList());
        }
        return group;
    }

    /** How many targets the statistics of a task with so many outputs are made of. */
    static int targets(int outputs) {
        return Math.min(MOST_CLASSES, Math.max(1, outputs - 1));
    }

    private static float[] values(CategoryStatistic statistic, FeatureMatrix matrix) {
        float[] values = new float[matrix.rows()];
        for (int row = 0; row < values.length; row++) {
            values[row] = statistic.value(matrix.denseArray(), row * matrix.width());
        }
        return values;
    }

    /** Statistics of the same categories, as ranks: of floats, several orders of many columns would fill the heap. */
    private static final class Group {

        private final List<List<byte[]>> ranks = new ArrayList<>();
        private final List<float[]> cuts = new ArrayList<>();
        private final List<CategoryStatistic> statistics = new ArrayList<>();

        long bytes() {
            long rows = ranks.stream()
                    .flatMap(List::stream)
                    .distinct()
                    .mapToLong(column -> column.length)
                    .sum();
            return rows
                    + statistics.stream().mapToLong(CategoryStatistic::bytes).sum();
        }

        Group(int orders) {
            for (int order = 0; order < orders; order++) {
                ranks.add(new ArrayList<>());
            }
        }

        /** A column: what new rows have, of each level, too, and the training rows in each order. */
        void add(CategoryStatistic statistic, float[] ofLevels, List<float[]> values) {
            float[] own = StatisticCuts.of(ofLevels, values.get(0));
            statistics.add(statistic);
            cuts.add(own);
            for (int order = 0; order < ranks.size(); order++) {
                boolean isShared = order > 0 && values.get(order) == values.get(0);
                List<byte[]> first = ranks.get(0);
                ranks.get(order).add(isShared ? first.get(first.size() - 1) : Bins.ranked(values.get(order), own));
            }
        }
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double mean(float[] values, float[] weights) {
        double sum = 0;
        double weight = 0;
        for (int row = 0; row < values.length; row++) {
            sum += weights[row] * values[row];
            weight += weights[row];
        }
        return weight > 0 ? sum / weight : 0;
    }

    /**
     * The rank of the value, so that a few large ones do not decide, or whether the row is of a class: of two classes the second,
     * of more each of the most frequent but the first, of which the others tell.
     */
    private static List<float[]> targets(TrainingData data) {
        int rows = data.rows();
        if (!data.task().isClassification() || data.task() instanceof BinaryTask) {
            float[] values = new float[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = (float) data.target().value(row);
            }
            return List.of(data.task().isClassification() ? values : shares(values));
        }
        int[] counts = new int[data.task().labels().size()];
        for (int row = 0; row < rows; row++) {
            counts[data.target().label(row)]++;
        }
        int[] frequent = IntStream.range(0, counts.length)
                .boxed()
                .sorted((a, b) -> counts[a] != counts[b] ? counts[b] - counts[a] : a - b)
                .skip(1)
                .limit(MOST_CLASSES)
                .mapToInt(Integer::intValue)
                .toArray();
        List<float[]> all = new ArrayList<>();
        for (int label : frequent) {
            float[] values = new float[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = data.target().label(row) == label ? 1 : 0;
            }
            all.add(values);
        }
        return all;
    }

    /** The share of the values that lie below each, of equal ones half. */
    private static float[] shares(float[] values) {
        float[] sorted = values.clone();
        FloatSort.sort(sorted, sorted.length);
        float[] shares = new float[values.length];
        for (int row = 0; row < shares.length; row++) {
            int below = below(sorted, values[row], false);
            shares[row] = (below + below(sorted, values[row], true)) / (2f * sorted.length);
        }
        return shares;
    }

    /** How many of the sorted values are lower, or not higher. */
    private static int below(float[] sorted, float value, boolean withEqual) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            boolean isBelow = withEqual ? sorted[middle] <= value : sorted[middle] < value;
            from = isBelow ? middle + 1 : from;
            to = isBelow ? to : middle;
        }
        return from;
    }

    /** Other rows as new ones: their statistics are those of all training rows. */
    Bins like(FeatureMatrix others, Workers workers, Deadline deadline) {
        Bins all = byOrder.get(0);
        byte[][] more = new byte[statistics.size()][];
        workers.each(more.length, i -> {
            deadline.check();
            more[i] = Bins.ranked(values(statistics.get(i), others), all.cuts(features + i));
        });
        List<float[]> moreCuts = IntStream.range(0, more.length)
                .mapToObj(i -> all.cuts(features + i))
                .toList();
        return all.first(features).like(others, workers, deadline).with(List.of(more), moreCuts);
    }
}
