package org.autotuner.examples.bench;

import org.autotuner.data.Table;
import org.autotuner.metric.Metric;
import org.autotuner.model.AutoModel;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;

/** One score of a model. */
final class Scores {

    private Scores() {}

    /** On rows with a target; the metric is one that fits the model's task. */
    static double of(AutoModel model, Table test, Metric metric) {
        return metric.score(Tasks.encode(model.task(), test), model.predict(test), Weights.none());
    }
}
