package org.autotuner.metric;

import org.autotuner.predict.Predictions;
import org.autotuner.task.Target;

/** What every metric refuses. */
final class Inputs {

    private Inputs() {}

    static void check(Metric metric, Target truth, Predictions predictions) {
        if (truth.size() != predictions.size()) {
            throw new IllegalArgumentException("%s got %d true values, but %d predictions."
                    .formatted(metric.name(), truth.size(), predictions.size()));
        }
        if (!metric.supports(predictions.task())) {
            throw new IllegalArgumentException(
                    "The metric %s does not support a %s task. Metrics.of(task) lists those that do."
                            .formatted(metric.name(), predictions.task().kind()));
        }
    }
}
