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
     * The temperature in 1/20..20 with the least log loss; {@link #NONE} if none lowers it, or for tasks without
     * probabilities. Log loss is convex in 1 / temperature, so golden section search finds it.
     *
     * @param outOfFold predictions of rows that the model was not fitted on
     */
    public static Calibration fit(Target truth, Predictions outOfFold, Weights weights) {
        if (!outOfFold.task().isClassification() || truth.size() == 0) {
            return NONE;
        }
        double low = -RANGE;
        double high = RANGE;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = loss(left, truth, outOfFold, weights);
        double atRight = loss(right, truth, outOfFold, weights);
        for (int step = 0; step < STEPS; step++) {
            if (atLeft < atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = loss(left, truth, outOfFold, weights);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = loss(right, truth, outOfFold, weights);
            }
        }
        double best = (low + high) / 2;
        double now = Metrics.logLoss().score(truth, outOfFold, weights);
        return loss(best, truth, outOfFold, weights) < now ? new Calibration(Math.exp(best)) : NONE;
    }

    private static double loss(double logTemperature, Target truth, Predictions predictions, Weights weights) {
        Calibration tried = new Calibration(Math.exp(logTemperature));
        return Metrics.logLoss().score(truth, tried.apply(predictions), weights);
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
