package org.autotuner.models.linear;

import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/** Negative log likelihood of several classes by one score per class. */
final class SoftmaxLoss implements Loss {

    private final Target target;
    private final double[] start;

    SoftmaxLoss(Target target, Weights weights, int classes) {
        this.target = target;
        this.start = ClassShares.smoothed(target, weights, classes);
        for (int k = 0; k < classes; k++) {
            start[k] = Math.log(start[k]);
        }
    }

    @Override
    public int outputs() {
        return start.length;
    }

    @Override
    public double at(int row, double[] z) {
        int label = target.label(row);
        double largest = z[0];
        for (int k = 1; k < z.length; k++) {
            largest = Math.max(largest, z[k]);
        }
        double right = z[label] - largest;
        double sum = 0;
        for (int k = 0; k < z.length; k++) {
            z[k] = Math.exp(z[k] - largest);
            sum += z[k];
        }
        for (int k = 0; k < z.length; k++) {
            z[k] /= sum;
        }
        z[label] -= 1;
        return Math.log(sum) - right;
    }

    @Override
    public double[] start() {
        return start.clone();
    }
}
