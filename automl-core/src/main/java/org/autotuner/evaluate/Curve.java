package org.autotuner.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.metric.Ranking;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * A curve as points, thinned to at most about 200.
 *
 * @param name {@code roc}, {@code pr} or {@code calibration}
 * @param label the label whose probability is meant
 */
public record Curve(String name, String label, String xName, String yName, List<Point> points) {

    private static final int MOST_POINTS = 200;
    private static final int BINS = 10;

    public Curve {
        points = List.copyOf(points);
    }

    /**
     * One point.
     *
     * @param at the probability from which rows count as positive (ROC, PR), or the weight of the bin (calibration)
     */
    public record Point(double x, double y, double at) {}

    /** False positive rate against true positive rate. */
    static Curve roc(Ranking ranking, String label) {
        double[] sums = sums(ranking);
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0, Double.POSITIVE_INFINITY));
        double positives = 0;
        double negatives = 0;
        for (int i = 0; i < ranking.size(); i++) {
            positives += ranking.positive(i);
            negatives += ranking.negative(i);
            if (isKept(i, ranking.size())) {
                points.add(new Point(negatives / sums[1], positives / sums[0], ranking.score(i)));
            }
        }
        return new Curve("roc", label, "false_positive_rate", "true_positive_rate", points);
    }

    /** Recall against precision. */
    static Curve precisionRecall(Ranking ranking, String label) {
        double[] sums = sums(ranking);
        List<Point> points = new ArrayList<>();
        double positives = 0;
        double all = 0;
        for (int i = 0; i < ranking.size(); i++) {
            positives += ranking.positive(i);
            all += ranking.positive(i) + ranking.negative(i);
            if (isKept(i, ranking.size())) {
                points.add(new Point(positives / sums[0], positives / all, ranking.score(i)));
            }
        }
        return new Curve("pr", label, "recall", "precision", points);
    }

    /** Mean probability against observed share in ten bins of equal width; empty bins are left out. */
    static Curve calibration(Target truth, Predictions predictions, Weights weights, int number, String label) {
        double[] said = new double[BINS];
        double[] seen = new double[BINS];
        double[] total = new double[BINS];
        for (int row = 0; row < truth.size(); row++) {
            double probability = predictions.probability(row, number);
            int bin = Math.max(0, Math.min(BINS - 1, (int) (probability * BINS)));
            double weight = weights.at(row);
            said[bin] += weight * probability;
            seen[bin] += truth.label(row) == number ? weight : 0;
            total[bin] += weight;
        }
        List<Point> points = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            if (total[bin] > 0) {
                points.add(new Point(said[bin] / total[bin], seen[bin] / total[bin], total[bin]));
            }
        }
        return new Curve("calibration", label, "mean_probability", "observed_share", points);
    }

    private static boolean isKept(int i, int size) {
        int step = Math.max(1, size / MOST_POINTS);
        return i % step == 0 || i == size - 1;
    }

    private static double[] sums(Ranking ranking) {
        double[] sums = new double[2];
        for (int i = 0; i < ranking.size(); i++) {
            sums[0] += ranking.positive(i);
            sums[1] += ranking.negative(i);
        }
        return sums;
    }
}
