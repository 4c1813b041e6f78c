package org.autotuner.models.linear;

import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/** Negative log likelihood of two classes by one score: the logarithm of the odds of label 1. */
final class LogisticLoss implements Loss {

    private final Target target;
    private final double[] start;

    LogisticLoss(Target target, Weights weights) {
        this.target = target;
        double[] share = ClassShares.smoothed(target, weights, 2);
        this.start = new double[] {Math.log(share[1] / share[0])};
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public double at(int row, double[] z) {
        int label = target.label(row);
        double margin = label == 1 ? z[0] : -z[0];
        double e = Math.exp(-Math.abs(margin));
        double wrong = margin > 0 ? e / (1 + e) : 1 / (1 + e);
        z[0] = label == 1 ? -wrong : wrong;
        return Math.log(1 + e) + Math.max(0, -margin); // several times quicker than log1p, and as good here
    }

    @Override
    public double[] start() {
        return start.clone();
    }
}
