package org.autotuner.examples.bench;

import java.util.Arrays;
import java.util.Map;

/**
 * Error of predictions on test rows, for a metric by name, with a count per row so that a bootstrap is cheap. Computed
 * apart from the library that is being measured.
 */
abstract sealed class TestScore {

    /** Error when row {@code i} counts {@code counts[i]} times: 1 - AUC, log loss or RMSE. */
    abstract double error(int[] counts);

    abstract int rows();

    final double error() {
        int[] once = new int[rows()];
        Arrays.fill(once, 1);
        return error(once);
    }

    /** Error of a value of the metric: 1 - value where higher is better. */
    static double errorOf(String metric, double value) {
        return metric.equals("roc_auc") ? 1 - value : value;
    }

    /** The scorer of some predictions. */
    static TestScore of(String metric, String[] truth, PredictionFile.Content predictions, String positive) {
        return switch (metric) {
            case "roc_auc" -> new Auc(truth, predictions.probabilities(positive), positive);
            case "log_loss" -> new Mean(logLosses(truth, predictions), false);
            case "rmse" -> new Mean(squares(truth, predictions.values()), true);
            default -> throw new Options.UsageException("The bench knows no metric '%s'.".formatted(metric));
        };
    }

    private static double[] logLosses(String[] truth, PredictionFile.Content predictions) {
        Map<String, double[]> columns = predictions.probabilities();
        double[] losses = new double[truth.length];
        for (int row = 0; row < truth.length; row++) {
            double[] column = columns.get(truth[row]);
            losses[row] = -Math.log(Math.min(1, Math.max(1e-15, column == null ? 0 : column[row])));
        }
        return losses;
    }

    private static double[] squares(String[] truth, String[] values) {
        double[] squares = new double[truth.length];
        for (int row = 0; row < truth.length; row++) {
            double difference = Double.parseDouble(truth[row]) - Double.parseDouble(values[row]);
            squares[row] = difference * difference;
        }
        return squares;
    }

    /** Mean of a loss per row, or its root. */
    private static final class Mean extends TestScore {

        private final double[] losses;
        private final boolean root;

        Mean(double[] losses, boolean root) {
            this.losses = losses;
            this.root = root;
        }

        @Override
        double error(int[] counts) {
            double sum = 0;
            long rows = 0;
            for (int row = 0; row < losses.length; row++) {
                sum += counts[row] * losses[row];
                rows += counts[row];
            }
            return root ? Math.sqrt(sum / rows) : sum / rows;
        }

        @Override
        int rows() {
            return losses.length;
        }
    }

    /** 1 - the share of pairs in the right order, ties half; the rows are sorted once. */
    private static final class Auc extends TestScore {

        private final int[] order;
        private final boolean[] positive;
        private final boolean[] tiedWithNext;

        Auc(String[] truth, double[] score, String label) {
            Integer[] sorted = new Integer[truth.length];
            Arrays.setAll(sorted, i -> i);
            Arrays.sort(sorted, (a, b) -> Double.compare(score[a], score[b]));
            order = Arrays.stream(sorted).mapToInt(i -> i).toArray();
            positive = new boolean[truth.length];
            tiedWithNext = new boolean[truth.length];
            for (int i = 0; i < order.length; i++) {
                positive[i] = truth[order[i]].equals(label);
                tiedWithNext[i] = i + 1 < order.length && score[order[i]] == score[order[i + 1]];
            }
        }

        @Override
        double error(int[] counts) {
            double negatives = 0;
            double positives = 0;
            double right = 0;
            double tiedPositives = 0;
            double tiedNegatives = 0;
            for (int i = 0; i < order.length; i++) {
                int count = counts[order[i]];
                if (positive[i]) {
                    tiedPositives += count;
                } else {
                    tiedNegatives += count;
                }
                if (!tiedWithNext[i]) {
                    right += tiedPositives * (negatives + tiedNegatives / 2);
                    negatives += tiedNegatives;
                    positives += tiedPositives;
                    tiedPositives = 0;
                    tiedNegatives = 0;
                }
            }
            return positives == 0 || negatives == 0 ? Double.NaN : 1 - right / (positives * negatives);
        }

        @Override
        int rows() {
            return order.length;
        }
    }
}
