package org.autotuner.examples.bench;

import java.util.Objects;
import org.autotuner.data.Table;
import org.autotuner.metric.Metric;
import org.autotuner.model.AutoModel;

/** One score of a model. */
final class Scores {

    private Scores() {}

    /** On rows with a target; the metric is one that fits the model's task. */
    static double of(AutoModel model, Table test, Metric metric) {
        return Objects.requireNonNull(model.evaluate(test).scores().get(metric.name()))
                .value();
    }
}
