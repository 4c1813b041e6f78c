package org.autotuner.models.linear;

import java.util.Arrays;
import org.autotuner.score.LinearScorer;
import org.autotuner.score.Link;
import org.autotuner.score.Scorer;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Task;

/**
 * What turns fitted parameters into a scorer: the widths of the matrix, and the units of a real target, whose value is
 * {@code shift + scale * score}.
 */
record LinearShape(int dense, int sparse, Task task, double shift, double scale) {

    /** A scorer of parameters that lie feature by feature, the biases last. */
    Scorer scorer(double[] parameters) {
        int outputs = task.outputs();
        int biases = (dense + sparse) * outputs;
        double[] weights = Arrays.copyOf(parameters, biases);
        double[] intercepts = Arrays.copyOfRange(parameters, biases, biases + outputs);
        if (!task.isClassification()) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= scale;
            }
            for (int k = 0; k < outputs; k++) {
                intercepts[k] = shift + scale * intercepts[k];
            }
        }
        return LinearScorer.of(dense, sparse, intercepts, weights, link());
    }

    /** How scores become outputs. */
    Link link() {
        if (task instanceof BinaryTask) {
            return Link.SIGMOID;
        }
        if (task.isClassification()) {
            return Link.SOFTMAX;
        }
        return task instanceof QuantileTask ? Link.SORTED : Link.IDENTITY;
    }
}
