package org.autotuner.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A small random forest (Breiman 2001) over the values of a study, with what can be told exactly from the boxes of its
 * leaves: means and variances over any parameters. Immutable and thread-safe.
 */
final class Forest {

    private static final int TREES = 64;
    private static final int LEAST_LEAF = 2;
    private static final int LEAVES = 100;

    private final List<List<RegressionTree.Leaf>> trees = new ArrayList<>();
    private final double middle;
    private final double unit;

    private Forest(double middle, double unit) {
        this.middle = middle;
        this.unit = unit;
    }

    /**
     * Grows a forest; {@link RegressionTree#grow} tells what the arguments are. Values are taken in units of their
     * deviation, or all splits of small ones would seem useless.
     */
    static Forest grow(double[][] rows, double[] values, int[] sizes, long seed) {
        int leastLeaf = Math.max(LEAST_LEAF, rows.length / LEAVES);
        double mean = Arrays.stream(values).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0));
        double unit = deviation > 0 ? deviation : 1;
        Forest forest = new Forest(mean, unit);
        double[] scaled =
                Arrays.stream(values).map(value -> (value - mean) / unit).toArray();
        int[][] ranks = RegressionTree.ranks(rows, sizes);
        for (int tree = 0; tree < TREES; tree++) {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + tree);
            int[] drawn = random.ints(rows.length, 0, rows.length).toArray();
            forest.trees.add(RegressionTree.grow(rows, ranks, scaled, drawn, sizes, leastLeaf, random));
        }
        return forest;
    }

    int trees() {
        return trees.size();
    }

    /**
     * The mean over the space, where some places are given.
     *
     * @param places not a number where the mean is taken over the whole axis
     * @param conditions by choice, the options that the mean is taken over
     */
    double mean(double[] places, Map<Integer, BitSet> conditions) {
        int[] given = IntStream.range(0, places.length)
                .filter(axis -> !Double.isNaN(places[axis]) || conditions.containsKey(axis))
                .toArray();
        double sum = 0;
        for (List<RegressionTree.Leaf> tree : trees) {
            for (RegressionTree.Leaf leaf : tree) {
                sum += leaf.value() * share(leaf, given, places, conditions);
            }
        }
        return middle + unit * sum / trees.size();
    }

    private static double share(
            RegressionTree.Leaf leaf, int[] given, double[] places, Map<Integer, BitSet> conditions) {
        double share = leaf.volume();
        Box box = leaf.box();
        for (int i = 0; i < given.length && share > 0; i++) {
            int axis = given[i];
            BitSet options = conditions.get(axis);
            double part = !Double.isNaN(places[axis])
                    ? (box.holds(axis, places[axis]) ? 1 : 0)
                    : options == null ? box.width(axis) : box.shared(axis, options) / (double) options.cardinality();
            share *= part / box.width(axis);
        }
        return share;
    }

    /**
     * The variance of one tree's mean given some parameters: {@code Var E[f | parameters]}, with all parameters uniform
     * and independent, in units of the values' own variance. Exact, as a sum over pairs of leaves.
     */
    double explained(int tree, Set<Integer> parameters) {
        List<RegressionTree.Leaf> leaves = trees.get(tree);
        int count = leaves.size();
        int[] axes = parameters.stream().mapToInt(Integer::intValue).toArray();
        double mean = 0;
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = leaves.get(i).volume();
            mean += weights[i] * leaves.get(i).value();
        }
        for (int i = 0; i < count; i++) {
            Box box = leaves.get(i).box();
            weights[i] *= leaves.get(i).value() - mean;
            for (int axis : axes) {
                weights[i] /= box.width(axis);
            }
        }
        double variance = 0;
        for (int i = 0; i < count; i++) {
            Box box = leaves.get(i).box();
            for (int j = 0; j <= i; j++) {
                double both = weights[i] * weights[j];
                for (int k = 0; k < axes.length && both != 0; k++) {
                    both *= box.overlap(axes[k], leaves.get(j).box());
                }
                variance += i == j ? both : 2 * both;
            }
        }
        return Math.max(0, variance);
    }

    /** The variance of one tree over the space, in the same units. */
    double variance(int tree) {
        double mean = 0;
        double squares = 0;
        for (RegressionTree.Leaf leaf : trees.get(tree)) {
            double volume = leaf.volume();
            mean += volume * leaf.value();
            squares += volume * leaf.value() * leaf.value();
        }
        return Math.max(0, squares - mean * mean);
    }
}
