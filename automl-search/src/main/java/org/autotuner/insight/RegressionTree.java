package org.autotuner.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A regression tree (Breiman and others: Classification and Regression Trees, 1984) as the list of its leaves. It splits
 * on a parameter only where all trials of the node have it, so that the effect of a choice is never taken for one of the
 * parameters that it owns.
 */
final class RegressionTree {

    /** A part of the space with one value. */
    record Leaf(Box box, double value, double volume) {}

    private record Split(int axis, double place, @Nullable BitSet options, double gain) {}

    private final double[][] rows;
    private final int[][] ranks;
    private final double[] values;
    private final int[] sizes;
    private final int leastLeaf;
    private final SplittableRandom random;
    private final List<Leaf> leaves = new ArrayList<>();

    private RegressionTree(
            double[][] rows, int[][] ranks, double[] values, int[] sizes, int leastLeaf, SplittableRandom random) {
        this.rows = rows;
        this.ranks = ranks;
        this.values = values;
        this.sizes = sizes;
        this.leastLeaf = leastLeaf;
        this.random = random;
    }

    /** By axis, the rank of each row, so that nodes need not compare places. */
    static int[][] ranks(double[][] rows, int[] sizes) {
        int[][] ranks = new int[sizes.length][rows.length];
        for (int i = 0; i < sizes.length; i++) {
            int axis = i;
            int[] sorted = IntStream.range(0, rows.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> rows[row][axis]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int rank = 0; rank < sorted.length; rank++) {
                ranks[axis][sorted[rank]] = rank;
            }
        }
        return ranks;
    }

    /**
     * Grows a tree.
     *
     * @param rows places per trial, not a number where a parameter is not active
     * @param ranks of the rows, by {@link #ranks}
     * @param chosen indices of the trials to learn from, repeated ones count as often
     * @param sizes numbers of options, 0 for what is no choice
     * @param leastLeaf fewest trials of a leaf
     */
    static List<Leaf> grow(
            double[][] rows,
            int[][] ranks,
            double[] values,
            int[] chosen,
            int[] sizes,
            int leastLeaf,
            SplittableRandom random) {
        RegressionTree tree = new RegressionTree(rows, ranks, values, sizes, leastLeaf, random);
        tree.grow(chosen, Box.whole(sizes));
        return tree.leaves;
    }

    private void grow(int[] node, Box box) {
        Split best = node.length < 2 * leastLeaf ? null : best(node);
        if (best == null) {
            leaves.add(new Leaf(
                    box,
                    Arrays.stream(node)
                            .mapToDouble(row -> values[row])
                            .average()
                            .orElse(0),
                    box.volume()));
            return;
        }
        int axis = best.axis();
        BitSet options = best.options();
        List<Box> parts = options == null ? box.cut(axis, best.place()) : box.cut(axis, options);
        int[] left = Arrays.stream(node).filter(row -> isLeft(row, best)).toArray();
        int[] right = Arrays.stream(node).filter(row -> !isLeft(row, best)).toArray();
        grow(left, parts.get(0));
        grow(right, parts.get(1));
    }

    private boolean isLeft(int row, Split split) {
        double place = rows[row][split.axis()];
        BitSet options = split.options();
        return options == null ? place < split.place() : options.get(Box.option(place, sizes[split.axis()]));
    }

    /** The best split over five of six axes, chosen at random; null if none lowers the error. */
    private @Nullable Split best(int[] node) {
        int[] axes = IntStream.range(0, sizes.length).toArray();
        for (int i = axes.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = axes[i];
            axes[i] = axes[j];
            axes[j] = swapped;
        }
        Split best = null;
        int tried = 0;
        int enough = (int) Math.ceil(sizes.length * 5 / 6.0);
        for (int axis : axes) {
            if (tried >= enough) {
                break;
            }
            if (isMissing(node, axis)) {
                continue;
            }
            Split split = sizes[axis] > 0 ? ofOptions(node, axis) : ofPlaces(node, axis);
            tried += split == null ? 0 : 1;
            if (split != null && (best == null || split.gain() > best.gain())) {
                best = split;
            }
        }
        return best;
    }

    private boolean isMissing(int[] node, int axis) {
        for (int row : node) {
            if (Double.isNaN(rows[row][axis])) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Split ofPlaces(int[] node, int axis) {
        long[] keys = new long[node.length];
        for (int i = 0; i < node.length; i++) {
            keys[i] = (long) ranks[axis][node[i]] << 32 | node[i];
        }
        Arrays.sort(keys);
        int[] sorted = new int[node.length];
        Arrays.setAll(sorted, i -> (int) keys[i]);
        double total = Arrays.stream(node).mapToDouble(row -> values[row]).sum();
        double sum = 0;
        double bestGain = 1e-12;
        double place = Double.NaN;
        for (int i = 1; i < sorted.length; i++) {
            sum += values[sorted[i - 1]];
            double before = rows[sorted[i - 1]][axis];
            double after = rows[sorted[i]][axis];
            if (i >= leastLeaf && sorted.length - i >= leastLeaf && after > before) {
                double gain = gain(sum, i, total, sorted.length);
                double middle = before + (after - before) / 2;
                if (gain > bestGain && middle > before) {
                    bestGain = gain;
                    place = middle;
                }
            }
        }
        return Double.isNaN(place) ? null : new Split(axis, place, null, bestGain);
    }

    /** Options sorted by their means: one of these splits is the best of all (Breiman and others, theorem 4.5). */
    private @Nullable Split ofOptions(int[] node, int axis) {
        int size = sizes[axis];
        double[] sums = new double[size];
        int[] counts = new int[size];
        double total = 0;
        for (int row : node) {
            int option = Box.option(rows[row][axis], size);
            sums[option] += values[row];
            counts[option]++;
            total += values[row];
        }
        int[] present = IntStream.range(0, size)
                .filter(option -> counts[option] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(option -> sums[option] / counts[option]))
                .mapToInt(Integer::intValue)
                .toArray();
        BitSet left = new BitSet();
        BitSet best = null;
        double sum = 0;
        int count = 0;
        double bestGain = 1e-12;
        for (int i = 0; i + 1 < present.length; i++) {
            left.set(present[i]);
            sum += sums[present[i]];
            count += counts[present[i]];
            double gain = gain(sum, count, total, node.length);
            if (count >= leastLeaf && node.length - count >= leastLeaf && gain > bestGain) {
                bestGain = gain;
                best = (BitSet) left.clone();
            }
        }
        return best == null ? null : new Split(axis, 0, best, bestGain);
    }

    /** By how much a split lowers the mean squared error. */
    private static double gain(double sum, int count, double total, int all) {
        double left = sum / count;
        double right = (total - sum) / (all - count);
        double mean = total / all;
        return (count * (left - mean) * (left - mean) + (all - count) * (right - mean) * (right - mean)) / all;
    }
}
