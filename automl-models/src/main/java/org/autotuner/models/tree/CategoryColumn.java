package org.autotuner.models.tree;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.CategoryStatistic;

/**
 * A combination of one to four categories of the training rows as numbers of its levels, and ordered statistics of the target
 * by level (Prokhorenkova and others 2018, section 3.2): a row has the mean of the rows before it in a random order, drawn
 * towards a prior as if one more row had that value, so that no row sees its own target. Levels of many rows have the mean of
 * all, as new rows do. Immutable.
 */
final class CategoryColumn {

    /**
     * A level of so many rows hardly gives away what one of them is, and equal statistics of all its rows give away nothing of
     * which is which. By those before, every row would have another one: noise that exceeds what neighbouring levels differ by.
     */
    private static final int MANY_ROWS = 300;

    private final int[] features;
    private final int[] levels;
    private final int[] level;
    private final long[] keys;
    private final int[] rows;

    private CategoryColumn(int[] features, int[] levels, int[] level, long[] keys) {
        this.features = features;
        this.levels = levels;
        this.level = level;
        this.keys = keys;
        this.rows = new int[keys.length];
        for (int own : level) {
            rows[own]++;
        }
    }

    /** The combination of these features; all are categories. */
    static CategoryColumn of(FeatureMatrix matrix, int... features) {
        return of(matrix, IntStream.range(0, matrix.rows()).toArray(), features);
    }

    /** The same of some rows, which are numbered anew. */
    static CategoryColumn of(FeatureMatrix matrix, int[] rows, int... features) {
        int[] levels = Arrays.stream(features)
                .map(feature -> matrix.features().get(feature).cardinality())
                .toArray();
        long[] all = new long[rows.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = CategoryStatistic.key(features, levels, matrix.denseArray(), rows[i] * matrix.width());
        }
        long[] keys = Arrays.stream(all).sorted().distinct().toArray();
        int[] level = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            level[i] = Arrays.binarySearch(keys, all[i]);
        }
        return new CategoryColumn(features, levels, level, keys);
    }

    int size() {
        return keys.length;
    }

    /** Statistics of the rows by those before them in this order; the mean of all for levels of {@value #MANY_ROWS} rows or more. */
    float[] ordered(int[] order, float[] values, float[] weights, double prior) {
        return ordered(order, values, weights, prior, means(values, weights, prior));
    }

    /** The same where the means of all rows are known. */
    float[] ordered(int[] order, float[] values, float[] weights, double prior, float[] means) {
        double[] sums = new double[keys.length];
        double[] counts = new double[keys.length];
        float[] found = new float[order.length];
        for (int row : order) {
            int own = level[row];
            found[row] = rows[own] < MANY_ROWS ? (float) ((sums[own] + prior) / (counts[own] + 1)) : means[own];
            sums[own] += weights[row] * values[row];
            counts[own] += weights[row];
        }
        return found;
    }

    /** The mean of each level over all rows, drawn towards the prior. */
    float[] means(float[] values, float[] weights, double prior) {
        double[] sums = new double[keys.length];
        double[] counts = new double[keys.length];
        for (int row = 0; row < level.length; row++) {
            sums[level[row]] += weights[row] * values[row];
            counts[level[row]] += weights[row];
        }
        float[] means = new float[keys.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) ((sums[i] + prior) / (counts[i] + 1));
        }
        return means;
    }

    /** The logarithm of how many rows of any weight have each level. */
    float[] counts(float[] weights) {
        int[] counts = new int[keys.length];
        for (int row = 0; row < level.length; row++) {
            counts[level[row]] += weights[row] > 0 ? 1 : 0;
        }
        float[] values = new float[keys.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.log1p(counts[i]);
        }
        return values;
    }

    /**
     * What new rows get.
     *
     * @param values of each level
     * @param otherwise what rows of other levels get
     */
    CategoryStatistic statistic(float[] values, double otherwise) {
        return CategoryStatistic.of(features, levels, keys, values, (float) otherwise);
    }

    /** The rows in a random order. */
    static int[] order(int rows, SplittableRandom random) {
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
