package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.autotuner.budget.Deadline;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.CategoryStatistic;

/**
 * What trees may ask of the training rows: numbers, categories of few codes, and for the others ordered statistics,
 * which differ by the order of the rows. Immutable.
 *
 * @param byOrder the same columns in each order; one where nothing depends on it
 * @param chosen columns that may be asked for
 * @param statistics what new rows get for the columns behind the features
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OrderedColumns(List<Bins> byOrder, int[] chosen, List<CategoryStatistic> statistics, int features) {

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
        StatisticTargets targets = StatisticTargets.of(data);
        int most = combinations / targets.count();
        List<int[]> together = most < 1
                ? List.of()
                : together(data, large, targets, seed, workers, deadline).best(most);
        if (large.isEmpty() && together.isEmpty()) {
            return new OrderedColumns(List.of(plain), array(direct), List.of(), matrix.width());
        }
        List<int[]> all = Stream.concat(large.stream().map(f -> new int[] {f}), together.stream())
                .toList();
        StatisticGroup[] groups = new StatisticGroup[all.size()];
        workers.each(groups.length, i -> groups[i] = group(data, all.get(i), targets, drawn, deadline));
        List<CategoryStatistic> statistics = Arrays.stream(groups)
                .flatMap(group -> group.statistics().stream())
                .toList();
        List<float[]> moreCuts =
                Arrays.stream(groups).flatMap(group -> group.cuts().stream()).toList();
        List<Bins> byOrder = IntStream.range(0, drawn.length)
                .mapToObj(order -> plain.with(
                        Arrays.stream(groups)
                                .flatMap(group -> group.ranks(order).stream())
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

    private static Together together(
            TrainingData data,
            List<Integer> categories,
            StatisticTargets targets,
            long seed,
            Workers workers,
            Deadline deadline) {
        return data.derivations()
                .get(
                        Together.class,
                        new TogetherKey(categories),
                        deadline,
                        () -> new Together(new Combinations(
                                        data.features(),
                                        targets.values(),
                                        targets.weights(),
                                        new SplittableRandom(seed),
                                        workers,
                                        deadline)
                                .best(categories, MOST_COMBINATIONS)),
                        Together::bytes);
    }

    private record GroupKey(List<Integer> features, int orders) {}

    private static StatisticGroup group(
            TrainingData data, int[] features, StatisticTargets targets, int[][] drawn, Deadline deadline) {
        return data.derivations()
                .get(
                        StatisticGroup.class,
                        new GroupKey(Arrays.stream(features).boxed().toList(), drawn.length),
                        deadline,
                        () -> StatisticGroup.of(
                                CategoryColumn.of(data.features(), features),
                                data.features(),
                                targets,
                                drawn,
                                deadline),
                        StatisticGroup::bytes);
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Other rows as new ones: their statistics are those of all training rows. */
    Bins like(FeatureMatrix others, Workers workers, Deadline deadline) {
        Bins all = byOrder.get(0);
        byte[][] more = new byte[statistics.size()][];
        workers.each(more.length, i -> {
            deadline.check();
            more[i] = Bins.ranked(StatisticGroup.values(statistics.get(i), others), all.cuts(features + i));
        });
        List<float[]> moreCuts = IntStream.range(0, more.length)
                .mapToObj(i -> all.cuts(features + i))
                .toList();
        return all.first(features).like(others, workers, deadline).with(List.of(more), moreCuts);
    }
}
