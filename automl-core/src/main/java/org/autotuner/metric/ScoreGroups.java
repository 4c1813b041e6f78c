package org.autotuner.metric;

import java.util.Arrays;

/** Total weight by distinct score, ascending: sorts primitive keys only, and ties become one group. */
final class ScoreGroups {

    private final double[] scores;
    private final double[] weights;

    private ScoreGroups(double[] scores, double[] weights) {
        this.scores = scores;
        this.weights = weights;
    }

    /**
     * Groups equal scores.
     *
     * @param weights at least as many as scores
     */
    static ScoreGroups of(double[] scores, double[] weights) {
        double[] distinct = distinct(scores);
        return new ScoreGroups(distinct, sums(distinct, scores, weights));
    }

    /** The different values, ascending; -0 becomes 0, NaN comes last. */
    static double[] distinct(double[] scores) {
        double[] sorted = new double[scores.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = scores[i] + 0.0;
        }
        Arrays.sort(sorted);
        int size = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (size == 0 || Double.compare(sorted[i], sorted[size - 1]) != 0) {
                sorted[size++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, size);
    }

    static double[] sums(double[] distinct, double[] scores, double[] weights) {
        double[] sums = new double[distinct.length];
        for (int i = 0; i < scores.length; i++) {
            sums[Arrays.binarySearch(distinct, scores[i] + 0.0)] += weights[i];
        }
        return sums;
    }

    int size() {
        return scores.length;
    }

    double score(int group) {
        return scores[group];
    }

    double weight(int group) {
        return weights[group];
    }
}
