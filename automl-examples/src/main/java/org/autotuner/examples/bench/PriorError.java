package org.autotuner.examples.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Error of the prior on test rows: AUC 0.5, log loss of the training frequencies, RMSE of the training mean. */
final class PriorError {

    private PriorError() {}

    static double of(String metric, String[] test, String[] train) {
        return switch (metric) {
            case "roc_auc" -> 0.5;
            case "log_loss" -> logLoss(test, train);
            case "rmse" -> rmse(test, train);
            default -> throw new Options.UsageException("The bench knows no metric '%s'.".formatted(metric));
        };
    }

    private static double logLoss(String[] test, String[] train) {
        Map<String, Integer> counts = new HashMap<>();
        for (String label : train) {
            counts.merge(label, 1, Integer::sum);
        }
        double sum = 0;
        for (String label : test) {
            sum -= Math.log(Math.max(1e-15, counts.getOrDefault(label, 0) / (double) train.length));
        }
        return sum / test.length;
    }

    private static double rmse(String[] test, String[] train) {
        double mean =
                Arrays.stream(train).mapToDouble(Double::parseDouble).average().orElseThrow();
        return Math.sqrt(Arrays.stream(test)
                .mapToDouble(Double::parseDouble)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }
}
