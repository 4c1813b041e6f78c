package org.autotuner.metric;

import java.util.Arrays;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * Rows ranked by the probability of one label against the rest: weight of positive and negative rows at each distinct
 * probability, the largest first. Immutable; the base of ROC AUC, PR AUC and their curves.
 */
public final class Ranking {

    private final double[] scores;
    private final double[] positives;
    private final double[] negatives;

    private Ranking(double[] scores, double[] positives, double[] negatives) {
        this.scores = scores;
        this.positives = positives;
        this.negatives = negatives;
    }

    /** Ranks the rows whose weight is above 0 by the probability of a label number. */
    public static Ranking of(Target truth, Predictions predictions, Weights weights, int label) {
        int size = truth.size();
        double[] all = new double[size];
        double[] positive = new double[size];
        double[] negative = new double[size];
        int used = 0;
        for (int row = 0; row < size; row++) {
            double weight = weights.at(row);
            if (weight > 0) {
                all[used] = predictions.probability(row, label);
                (truth.label(row) == label ? positive : negative)[used++] = weight;
            }
        }
        double[] scores = Arrays.copyOf(all, used);
        double[] distinct = ScoreGroups.distinct(scores);
        return new Ranking(
                distinct, ScoreGroups.sums(distinct, scores, positive), ScoreGroups.sums(distinct, scores, negative));
    }

    /** Number of different probabilities. */
    public int size() {
        return scores.length;
    }

    /** The probability of rank {@code i}, descending in {@code i}. */
    public double score(int i) {
        return scores[scores.length - 1 - i];
    }

    /** Weight of the rows that have the label, at rank {@code i}. */
    public double positive(int i) {
        return positives[scores.length - 1 - i];
    }

    /** Weight of the other rows, at rank {@code i}. */
    public double negative(int i) {
        return negatives[scores.length - 1 - i];
    }

    boolean hasNan() {
        return scores.length > 0 && Double.isNaN(scores[scores.length - 1]);
    }
}
