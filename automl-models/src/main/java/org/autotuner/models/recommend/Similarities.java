package org.autotuner.models.recommend;

import java.util.Arrays;
import org.autotuner.budget.Deadline;
import org.autotuner.score.ItemNeighboursScorer;

/**
 * Shrunk correlation of residuals between items (Koren, KDD 2008, section 2.2): the correlation over the users who rated both,
 * times n / (n + shrinkage) for n of them. Only positive ones are kept, and of these the largest.
 */
final class Similarities {

    private Similarities() {}

    static ItemNeighboursScorer.Rows of(
            Ratings ratings, float[] residuals, double shrinkage, int most, Deadline deadline) {
        int[][] raters = new int[ratings.items][];
        float[][] given = new float[ratings.items][];
        int[] counts = ratings.itemCounts();
        for (int item = 0; item < ratings.items; item++) {
            raters[item] = new int[counts[item]];
            given[item] = new float[counts[item]];
        }
        int[] filled = new int[ratings.items];
        for (int e = 0; e < ratings.size(); e++) {
            int item = ratings.item[e];
            raters[item][filled[item]] = ratings.user[e];
            given[item][filled[item]++] = residuals[e];
        }
        int[] start = new int[ratings.items + 1];
        int[] index = new int[16];
        float[] value = new float[16];
        float[] products = new float[ratings.items];
        float[] own = new float[ratings.items];
        float[] others = new float[ratings.items];
        int[] common = new int[ratings.items];
        for (int item = 0; item < ratings.items; item++) {
            deadline.check();
            Arrays.fill(products, 0);
            Arrays.fill(own, 0);
            Arrays.fill(others, 0);
            Arrays.fill(common, 0);
            for (int i = 0; i < raters[item].length; i++) {
                float residual = given[item][i];
                int user = raters[item][i];
                for (int e = ratings.start[user]; e < ratings.start[user + 1]; e++) {
                    int other = ratings.item[e];
                    products[other] += residual * residuals[e];
                    own[other] += residual * residual;
                    others[other] += residuals[e] * residuals[e];
                    common[other]++;
                }
            }
            float[] row = new float[ratings.items];
            for (int other = 0; other < row.length; other++) {
                double scale = Math.sqrt((double) own[other] * others[other]);
                row[other] = other == item || !(scale > 0)
                        ? 0
                        : (float) (products[other] / scale * common[other] / (common[other] + shrinkage));
            }
            float least = threshold(row, most);
            int size = start[item];
            for (int other = 0; other < row.length; other++) {
                if (row[other] > 0 && row[other] >= least) {
                    if (size == index.length) {
                        index = Arrays.copyOf(index, 2 * size);
                        value = Arrays.copyOf(value, 2 * size);
                    }
                    index[size] = other;
                    value[size++] = row[other];
                }
            }
            start[item + 1] = size;
        }
        int size = start[ratings.items];
        return new ItemNeighboursScorer.Rows(start, Arrays.copyOf(index, size), Arrays.copyOf(value, size));
    }

    private static float threshold(float[] row, int most) {
        if (row.length <= most) {
            return 0;
        }
        float[] sorted = row.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - most];
    }
}
