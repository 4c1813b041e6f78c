package org.autotuner.models.linear;

import java.util.Arrays;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * The loss of a task, and how its scores turn into outputs: {@code shift + scale * score} for real targets, which are
 * standardised while fitting so that one grid of penalties suits every unit of measurement.
 */
record Problem(Task task, Loss loss, double shift, double scale) {

    static Problem of(TrainingData data) {
        Task task = data.task();
        Target target = data.target();
        Weights weights = data.weights();
        if (task instanceof BinaryTask) {
            return new Problem(task, new LogisticLoss(target, weights), 0, 1);
        }
        if (task.isClassification()) {
            return new Problem(
                    task, new SoftmaxLoss(target, weights, task.labels().size()), 0, 1);
        }
        double[] values = new double[target.size()];
        double sum = 0;
        double total = 0;
        for (int row = 0; row < values.length; row++) {
            values[row] = target.value(row);
            sum += weights.at(row) * values[row];
            total += weights.at(row);
        }
        double mean = sum / total;
        double squares = 0;
        for (int row = 0; row < values.length; row++) {
            squares += weights.at(row) * (values[row] - mean) * (values[row] - mean);
        }
        double spread = Math.sqrt(squares / total);
        double scale = spread > 0 ? spread : 1;
        for (int row = 0; row < values.length; row++) {
            values[row] = (values[row] - mean) / scale;
        }
        if (task instanceof QuantileTask quantile) {
            double[] levels =
                    quantile.levels().stream().mapToDouble(Double::doubleValue).toArray();
            double[] start = Quantiles.of(values, weights, levels);
            return new Problem(task, new PinballLoss(values, levels, start), mean, scale);
        }
        return new Problem(task, new SquaredLoss(values), mean, scale);
    }

    /** The parameters at which every fit starts: no weights, the biases of the prior. */
    double[] start(Design design) {
        double[] w = new double[design.parameters(loss.outputs())];
        double[] biases = loss.start();
        System.arraycopy(biases, 0, w, design.width() * biases.length, biases.length);
        return w;
    }

    /** What turns parameters for these features into a scorer. */
    LinearShape shape(FeatureMatrix features) {
        return new LinearShape(features.width(), features.sparseWidth(), task, shift, scale);
    }

    /** Turns the linear scores of a row into outputs of the task, in place. */
    void link(double[] z) {
        if (task instanceof BinaryTask) {
            z[0] = 1 / (1 + Math.exp(-z[0]));
        } else if (task.isClassification()) {
            double largest = Arrays.stream(z).max().orElse(0);
            double sum = 0;
            for (int k = 0; k < z.length; k++) {
                z[k] = Math.exp(z[k] - largest);
                sum += z[k];
            }
            for (int k = 0; k < z.length; k++) {
                z[k] /= sum;
            }
        } else {
            for (int k = 0; k < z.length; k++) {
                z[k] = shift + scale * z[k];
            }
            if (task instanceof QuantileTask) {
                Arrays.sort(z); // quantiles must not cross (Chernozhukov et al. 2010)
            }
        }
    }
}
