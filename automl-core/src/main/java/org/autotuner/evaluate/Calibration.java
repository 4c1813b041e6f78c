package org.autotuner.evaluate;

import org.autotuner.bundle.Node;
import org.autotuner.metric.Metrics;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/**
 * Temperature scaling (Guo and others 2017, "On calibration of modern neural networks"): log probabilities are divided
 * by one number and renormalised. The order of rows within a binary task stays the same. Immutable.
 *
 * @param temperature above 0; 1 changes nothing, above 1 makes predictions less sure
 */
public record Calibration(double temperature) {

    /** Changes nothing. */
    public static final Calibration NONE = new Calibration(1);

    private static final double SMALLEST = 1e-15;
    private static final double RANGE = Math.log(20);
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int STEPS = 40;

    public Calibration {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException(
                    "The temperature must be finite and above 0, but is %s.".formatted(temperature));
        }
    }

    /**
     * The temperature in 1/20..20 with the least log loss of smoothed labels; {@link #NONE} if it does not lower the log loss, or
     * for tasks without probabilities. A label of n rows counts as (n + 1) / (n + 2) sure (Platt 1999): where all of few rows
     * are right, others need not be. The loss is convex in 1 / temperature, so golden section search finds it.
     *
     * @param outOfFold predictions of rows that the model was not fitted on
     */
    public static Calibration fit(Target truth, Predictions outOfFold, Weights weights) {
        if (!outOfFold.task().isClassification() || truth.size() == 0) {
            return NONE;
        }
        double[] sureness = sureness(truth, outOfFold.task().labels().size(), weights);
        double low = -RANGE;
        double high = RANGE;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = loss(left, truth, outOfFold, weights, sureness);
        double atRight = loss(right, truth, outOfFold, weights, sureness);
        for (int step = 0; step < STEPS; step++) {
            if (atLeft < atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = loss(left, truth, outOfFold, weights, sureness);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = loss(right, truth, outOfFold, weights, sureness);
            }
        }
        Calibration best = new Calibration(Math.exp((low + high) / 2));
        double now = Metrics.logLoss().score(truth, outOfFold, weights);
        return Metrics.logLoss().score(truth, best.apply(outOfFold), weights) < now ? best : NONE;
    }

    /** How sure each label counts, by its rows. */
    private static double[] sureness(Target truth, int labels, Weights weights) {
        double[] sureness = new double[labels];
        for (int row = 0; row < truth.size(); row++) {
            sureness[truth.label(row)] += weights.at(row) > 0 ? 1 : 0;
        }
        for (int label = 0; label < labels; label++) {
            sureness[label] = (sureness[label] + 1) / (sureness[label] + 2);
        }
        return sureness;
    }

    private static double loss(
            double logTemperature, Target truth, Predictions predictions, Weights weights, double[] sureness) {
        Predictions scaled = new Calibration(Math.exp(logTemperature)).apply(predictions);
        int labels = sureness.length;
        double sum = 0;
        for (int row = 0; row < truth.size(); row++) {
            double weight = weights.at(row);
            int own = truth.label(row);
            double other = (1 - sureness[own]) / (labels - 1);
            for (int label = 0; label < labels && weight > 0; label++) {
                double share = label == own ? sureness[own] : other;
                sum -= weight * share * Math.log(Math.max(SMALLEST, scaled.probability(row, label)));
            }
        }
        return sum;
    }

    /** Calibrated predictions; a decision threshold must be chosen after this. */
    public Predictions apply(Predictions predictions) {
        if (temperature == 1 || !predictions.task().isClassification()) {
            return predictions;
        }
        int outputs = predictions.task().outputs();
        int labels = predictions.task().labels().size();
        double[] scaled = new double[predictions.size() * outputs];
        double[] row = new double[labels];
        for (int i = 0; i < predictions.size(); i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int label = 0; label < labels; label++) {
                row[label] = Math.log(Math.max(SMALLEST, predictions.probability(i, label))) / temperature;
                largest = Math.max(largest, row[label]);
            }
            double sum = 0;
            for (int label = 0; label < labels; label++) {
                row[label] = Math.exp(row[label] - largest);
                sum += row[label];
            }
            for (int k = 0; k < outputs; k++) {
                scaled[i * outputs + k] = row[outputs == 1 ? 1 : k] / sum;
            }
        }
        return Predictions.of(predictions.task(), scaled);
    }

    public void write(Node node) {
        node.put("temperature", temperature);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws org.autotuner.error.BundleException if it is damaged
     */
    public static Calibration read(Node node) {
        double temperature = node.real("temperature");
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw node.wrong("temperature", "is " + temperature + ", but should be finite and above 0");
        }
        return new Calibration(temperature);
    }
}
