package org.autotuner.recommend;

import org.autotuner.budget.Deadline;

/**
 * EASE, the "embarrassingly shallow autoencoder" (Steck 2019, arXiv 1905.03375): each item's score is a weighted sum of what
 * the user had, the weights being the ridge regression of all items on all others, in closed form.
 */
final class ItemWeights {

    private ItemWeights() {}

    /**
     * The weights of the chosen items: {@code weights[i][j]} is what having item i adds to the score of item j; 0 where i = j.
     *
     * @param chosen numbers of items, the only ones that count
     * @param ridge above 0; larger ones make weights smaller and more even
     * @throws org.autotuner.budget.DeadlineExceededException if the time is up
     */
    static float[][] of(Interactions data, int[] chosen, double ridge, Deadline deadline) {
        int size = chosen.length;
        int[] place = new int[data.items().size()];
        java.util.Arrays.fill(place, -1);
        for (int i = 0; i < size; i++) {
            place[chosen[i]] = i;
        }
        double[][] gram = new double[size][size];
        for (int user = 0; user < data.users().size(); user++) {
            if (user % 256 == 0) {
                deadline.check();
            }
            int[] history = data.history(user);
            for (int a : history) {
                if (place[a] >= 0) {
                    double[] row = gram[place[a]];
                    for (int b : history) {
                        if (place[b] >= 0) {
                            row[place[b]]++;
                        }
                    }
                }
            }
        }
        for (int i = 0; i < size; i++) {
            gram[i][i] += ridge;
        }
        invert(gram, deadline);
        float[][] weights = new float[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                weights[i][j] = i == j ? 0 : (float) (-gram[i][j] / gram[j][j]);
            }
        }
        return weights;
    }

    /** Gauss and Jordan in place; a positive definite matrix needs no pivots. */
    static void invert(double[][] matrix, Deadline deadline) {
        int size = matrix.length;
        for (int k = 0; k < size; k++) {
            if (k % 16 == 0) {
                deadline.check();
            }
            double[] pivot = matrix[k];
            double scale = 1 / pivot[k];
            pivot[k] = 1;
            for (int j = 0; j < size; j++) {
                pivot[j] *= scale;
            }
            for (int i = 0; i < size; i++) {
                if (i != k) {
                    double[] row = matrix[i];
                    double factor = row[k];
                    row[k] = 0;
                    for (int j = 0; j < size; j++) {
                        row[j] -= factor * pivot[j];
                    }
                }
            }
        }
    }
}
