package org.autotuner.models.tree;

import java.util.List;

/**
 * Makes the leaves of a symmetric tree keep to the directions of its columns. Each level asks the same question of all rows, so
 * that the prediction does not turn along a column if no leaf that answers yes to a question about it turns against the leaf that
 * answers no and is alike in all else. Pairs that do are drawn to their mean, as in isotonic regression, until none is left.
 */
final class MonotoneLeaves {

    private static final int MOST_PASSES = 100;

    private MonotoneLeaves() {}

    /**
     * Changes the values of the leaves.
     *
     * @param weights of each leaf, how much its value counts in a mean
     */
    static void keep(double[] values, double[] weights, List<SymmetricGrower.Question> questions, ColumnRules rules) {
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            if (!pool(values, weights, questions, rules)) {
                return;
            }
        }
        raise(values, questions, rules);
    }

    private static boolean pool(
            double[] values, double[] weights, List<SymmetricGrower.Question> questions, ColumnRules rules) {
        boolean hasTurned = false;
        for (int level = 0; level < questions.size(); level++) {
            int direction = rules.direction(questions.get(level).feature());
            for (int no = 0; direction != 0 && no < values.length; no++) {
                int yes = no | 1 << level;
                if (yes != no && direction * (values[yes] - values[no]) < 0) {
                    double sum = weights[no] + weights[yes];
                    double share = sum > 0 ? weights[no] / sum : 0.5;
                    double mean = share * values[no] + (1 - share) * values[yes];
                    values[no] = mean;
                    values[yes] = mean;
                    hasTurned = true;
                }
            }
        }
        return hasTurned;
    }

    /** What is left after many passes is tiny; this ends it for certain, since values only grow along the directions. */
    private static void raise(double[] values, List<SymmetricGrower.Question> questions, ColumnRules rules) {
        boolean hasTurned = true;
        while (hasTurned) {
            hasTurned = false;
            for (int level = 0; level < questions.size(); level++) {
                int direction = rules.direction(questions.get(level).feature());
                for (int leaf = 0; direction != 0 && leaf < values.length; leaf++) {
                    int yes = leaf | 1 << level;
                    int high = direction > 0 ? yes : leaf;
                    int low = direction > 0 ? leaf : yes;
                    if (yes != leaf && values[high] < values[low]) {
                        values[high] = values[low];
                        hasTurned = true;
                    }
                }
            }
        }
    }
}
