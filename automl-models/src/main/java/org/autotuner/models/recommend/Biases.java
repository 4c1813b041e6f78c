package org.autotuner.models.recommend;

import java.util.Arrays;

/** Biases of users and items, each shrunk towards 0 as if it had some ratings more of residual 0; in standardised units. */
final class Biases {

    private static final int ROUNDS = 8;

    private final float[] user;
    private final float[] item;

    private Biases(float[] user, float[] item) {
        this.user = user;
        this.item = item;
    }

    /** The array itself, which training moves. */
    float[] user() {
        return user;
    }

    /** The array itself, which training moves. */
    float[] item() {
        return item;
    }

    /** Ridge regression on users and items by turns, until it hardly moves. */
    static Biases of(Ratings ratings, double userRidge, double itemRidge) {
        float[] user = new float[ratings.users];
        float[] item = new float[ratings.items];
        for (int round = 0; round < ROUNDS; round++) {
            solve(ratings, ratings.item, item, ratings.user, user, itemRidge);
            solve(ratings, ratings.user, user, ratings.item, item, userRidge);
        }
        return new Biases(user, item);
    }

    private static void solve(Ratings ratings, int[] own, float[] biases, int[] others, float[] other, double ridge) {
        double[] sums = new double[biases.length];
        double[] counts = new double[biases.length];
        Arrays.fill(counts, ridge);
        for (int i = 0; i < ratings.size(); i++) {
            sums[own[i]] += ratings.weight[i] * (ratings.value[i] - other[others[i]]);
            counts[own[i]] += ratings.weight[i];
        }
        for (int i = 0; i < biases.length; i++) {
            biases[i] = counts[i] > 0 ? (float) (sums[i] / counts[i]) : 0;
        }
    }

    /** What the biases leave of each rating. */
    float[] residuals(Ratings ratings) {
        float[] left = new float[ratings.size()];
        for (int i = 0; i < left.length; i++) {
            left[i] = ratings.value[i] - user[ratings.user[i]] - item[ratings.item[i]];
        }
        return left;
    }
}
