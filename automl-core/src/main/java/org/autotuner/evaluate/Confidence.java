package org.autotuner.evaluate;

import java.util.Arrays;
import org.autotuner.bundle.Node;
import org.autotuner.predict.Predictions;

/**
 * How sure a classifier is of a row beside how sure it was of validation rows: the share of these to which it gave a lower
 * largest probability (the "maximum softmax probability" of Hendrycks and Gimpel 2017, made comparable between models).
 * Calibrated probabilities are no use here. Rows that resemble no class of training, such as questions out of scope, come out low. Immutable and thread-safe.
 */
public final class Confidence {

    private static final int STEPS = 200;
    /**
     * Higher probabilities count as this one: beyond, the mean of fold models, which predicts, and the single ones, which the
     * validation rows saw, differ by their number and not by what they know.
     */
    private static final double SURE = 0.999;

    /** Quantiles of the largest probabilities, ascending. */
    private final double[] quantiles;

    private Confidence(double[] quantiles) {
        this.quantiles = quantiles;
    }

    /**
     * Learns how sure a model is of rows of its classes.
     *
     * @param outOfFold predictions of at least one row that the model was not fitted on; of a classification
     */
    public static Confidence fit(Predictions outOfFold) {
        double[] largest = new double[outOfFold.size()];
        Arrays.setAll(largest, row -> Math.min(SURE, largest(outOfFold, row)));
        Arrays.sort(largest);
        double[] quantiles = new double[Math.min(STEPS, largest.length - 1) + 1];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = largest[(int) ((long) i * (largest.length - 1) / Math.max(1, quantiles.length - 1))];
        }
        return new Confidence(quantiles);
    }

    /** Largest probability of a row. */
    public static double largest(Predictions predictions, int row) {
        double largest = 0;
        for (int label = 0; label < predictions.task().labels().size(); label++) {
            largest = Math.max(largest, predictions.probability(row, label));
        }
        return largest;
    }

    /** Share of the validation rows of which the model was less sure, in 0..1. */
    public double share(double largest) {
        double capped = Math.min(SURE, largest);
        if (capped < quantiles[0]) {
            return 0;
        }
        int at = quantiles.length - 1;
        while (quantiles[at] > capped) {
            at--;
        }
        if (at == quantiles.length - 1) {
            return 1;
        }
        double within = (capped - quantiles[at]) / (quantiles[at + 1] - quantiles[at]);
        return (at + within) / (quantiles.length - 1);
    }

    public void write(Node node) {
        node.put("quantiles", quantiles);
    }

    /** Reads what {@link #write} wrote. */
    public static Confidence read(Node node) {
        double[] quantiles = node.doubles("quantiles");
        if (quantiles.length == 0) {
            throw node.wrong("quantiles", "is empty");
        }
        for (int i = 0; i < quantiles.length; i++) {
            if (!(quantiles[i] >= 0 && quantiles[i] <= 1) || (i > 0 && quantiles[i] < quantiles[i - 1])) {
                throw node.wrong("quantiles", "holds no ascending probabilities at position %d".formatted(i));
            }
        }
        return new Confidence(quantiles);
    }
}
