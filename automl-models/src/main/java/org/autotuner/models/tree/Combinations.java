package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.prepare.FeatureMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Which categories are worth statistics together, found greedily: pairs first, then the best pairs with one category more.
 * What counts is how much of the target's variance a combination's ordered statistic explains beyond what a tree finds by itself
 * that asks for the statistics of the two parts: these, and the ordered mean of the target over a grid of both (the last step of a
 * stepwise regression).
 *
 * <p>Prokhorenkova and others (2018, section 4) combine, at each question of each tree, what the tree has asked so far with all
 * categories. Here combinations are chosen once, before the first tree: then the columns are fixed and a tree costs no more than
 * one of as many numbers. Only categories are combined that have statistics themselves: of those that are asked for directly a
 * tree makes combinations as it grows.
 */
final class Combinations {

    private static final int MOST_ROWS = 30_000;

    /** Rows times targets, which bounds the memory of the pairs that are held at once. */
    private static final int MOST_VALUES = 60_000;

    /** Of the grid, so that its means are not chance. */
    private static final int ROWS_PER_CELL = 200;

    private static final int MOST_WIDE = 16;
    private static final int MOST_CATEGORIES = 16;
    private static final int BASES = 8;
    private static final int MOST_PARTS = 3;

    /** A squared t value that chance passes once in two hundred times; many combinations are looked at. */
    private static final double TELLING = 8;
    /** Of the best category's gain: below it, columns that each tree must look through are not worth their time. */
    private static final double TELLING_SHARE = 0.025;

    private static final float[] NOTHING = {};

    /** A combination with its statistics, which only those need that are built upon. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Candidate(int[] features, float[] statistic, double gain) {}

    /** What a combination is made of; nothing for a single category. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Extension(int[] features, @Nullable Candidate base, @Nullable Candidate single) {}

    private final FeatureMatrix matrix;
    private final int[] rows;
    private final int[] order;
    private final List<float[]> targets;
    private final float[] weights;
    private final Workers workers;
    private final Deadline deadline;

    /**
     * A search.
     *
     * @param targets what is to be explained, one value per row each
     */
    Combinations(
            FeatureMatrix matrix,
            List<float[]> targets,
            float[] weights,
            SplittableRandom random,
            Workers workers,
            Deadline deadline) {
        this.matrix = matrix;
        this.rows = Arrays.stream(CategoryColumn.order(matrix.rows(), random))
                .filter(row -> weights[row] > 0)
                .limit(Math.min(MOST_ROWS, MOST_VALUES / targets.size()))
                .toArray();
        this.order = IntStream.range(0, rows.length).toArray();
        this.targets = targets.stream().map(this::sampled).toList();
        this.weights = sampled(weights);
        this.workers = workers;
        this.deadline = deadline;
    }

    /**
     * The combinations of two and three of some categories that tell most, best first.
     *
     * @param most how many at most
     */
    List<int[]> best(List<Integer> categories, int most) {
        if (most < 1 || categories.size() < 2) {
            return List.of();
        }
        List<Candidate> singles = judged(
                categories.stream()
                        .map(feature -> new Extension(new int[] {feature}, null, null))
                        .toList(),
                Double.NEGATIVE_INFINITY);
        List<Candidate> known = top(singles, MOST_CATEGORIES);
        double least = Math.max(TELLING, TELLING_SHARE * known.get(0).gain());
        List<Candidate> found = new ArrayList<>();
        List<Candidate> bases = known;
        for (int parts = 2; parts <= MOST_PARTS; parts++) {
            List<Extension> extensions = new ArrayList<>();
            for (Candidate base : bases) {
                for (Candidate single : known) {
                    extend(base, single, extensions);
                }
            }
            List<Candidate> next = judged(extensions, least);
            next.forEach(one -> found.add(new Candidate(one.features(), NOTHING, one.gain())));
            bases = top(next, BASES);
        }
        return top(found, most).stream().map(Candidate::features).toList();
    }

    /** Adds the combination of both, unless it is there already. */
    private static void extend(Candidate base, Candidate single, List<Extension> extensions) {
        int added = single.features()[0];
        int[] features = Arrays.copyOf(base.features(), base.features().length + 1);
        features[features.length - 1] = added;
        boolean isRepeated = Arrays.stream(base.features()).anyMatch(feature -> feature == added);
        Arrays.sort(features);
        if (!isRepeated && extensions.stream().noneMatch(other -> Arrays.equals(other.features(), features))) {
            extensions.add(new Extension(features, base, single));
        }
    }

    /** Those that gain more than the least. */
    private List<Candidate> judged(List<Extension> extensions, double least) {
        @Nullable Candidate[] judged = new Candidate[extensions.size()];
        workers.each(judged.length, i -> {
            deadline.check();
            Extension one = extensions.get(i);
            float[] statistic = statistic(one.features());
            Candidate base = one.base();
            Candidate single = one.single();
            List<float[]> known = base == null || single == null
                    ? List.of()
                    : List.of(base.statistic(), single.statistic(), grid(base, single));
            double gain = gain(statistic, known);
            judged[i] = gain > least ? new Candidate(one.features(), statistic, gain) : null;
        });
        return Arrays.stream(judged).filter(Objects::nonNull).toList();
    }

    private static List<Candidate> top(List<Candidate> all, int count) {
        return all.stream()
                .sorted(Comparator.comparingDouble(Candidate::gain).reversed())
                .limit(count)
                .toList();
    }

    /** Ordered statistics of the sampled rows, of all targets one after the other. */
    private float[] statistic(int[] features) {
        CategoryColumn column = CategoryColumn.of(matrix, rows, features);
        float[] all = new float[order.length * targets.size()];
        for (int t = 0; t < targets.size(); t++) {
            float[] target = targets.get(t);
            float[] own = column.ordered(order, target, weights, mean(target));
            System.arraycopy(own, 0, all, t * order.length, order.length);
        }
        return all;
    }

    /** Ordered means over the cells of a grid of two statistics, of all targets one after the other. */
    private float[] grid(Candidate one, Candidate other) {
        int rows = order.length;
        int width = (int) Math.max(2, Math.min(MOST_WIDE, Math.sqrt(rows / (double) ROWS_PER_CELL)));
        float[] all = new float[rows * targets.size()];
        for (int t = 0; t < targets.size(); t++) {
            float[] target = targets.get(t);
            byte[] first = ranks(one.statistic(), t, width);
            byte[] second = ranks(other.statistic(), t, width);
            double prior = mean(target);
            double[] sums = new double[(width + 2) * (width + 2)];
            double[] counts = new double[sums.length];
            for (int i = 0; i < rows; i++) {
                int cell = first[i] * (width + 2) + second[i];
                all[t * rows + i] = (float) ((sums[cell] + prior) / (counts[cell] + 1));
                sums[cell] += weights[i] * target[i];
                counts[cell] += weights[i];
            }
        }
        return all;
    }

    private byte[] ranks(float[] statistics, int target, int width) {
        float[] own = part(statistics, target);
        return Bins.ranked(own, Bins.cutsOf(own, width - 1));
    }

    private float[] sampled(float[] values) {
        float[] found = new float[rows.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = values[rows[i]];
        }
        return found;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / Math.max(1, values.length);
    }

    /** The squared t value of a statistic in the regression of the target on it and others; summed over targets. */
    private double gain(float[] own, List<float[]> known) {
        double sum = 0;
        for (int t = 0; t < targets.size(); t++) {
            float[] rest = targets.get(t).clone();
            float[] free = part(own, t);
            centre(rest);
            centre(free);
            List<float[]> bases = new ArrayList<>();
            for (float[] one : known) {
                float[] base = part(one, t);
                centre(base);
                bases.forEach(before -> remove(before, base));
                remove(base, rest);
                remove(base, free);
                bases.add(base);
            }
            double squares = product(free, free);
            double common = product(free, rest);
            double total = product(rest, rest);
            double explained = squares > 1e-12 * order.length ? common * common / squares : 0;
            // a statistic that lowers the target where it is high is chance
            sum += common > 0 && total > explained ? (order.length - 5) * explained / (total - explained) : 0;
        }
        return sum;
    }

    /** The values for one target. */
    private float[] part(float[] statistic, int target) {
        return Arrays.copyOfRange(statistic, target * order.length, (target + 1) * order.length);
    }

    private static void centre(float[] values) {
        double mean = mean(values);
        for (int i = 0; i < values.length; i++) {
            values[i] -= (float) mean;
        }
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** Takes from a vector its projection on another. */
    private static void remove(float[] base, float[] from) {
        double squares = product(base, base);
        if (squares <= 1e-12) {
            return;
        }
        double share = product(base, from) / squares;
        for (int i = 0; i < from.length; i++) {
            from[i] -= (float) (share * base[i]);
        }
    }
}
