package org.autotuner.models.linear;

import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/** Weighted shares of the classes. */
final class ClassShares {

    private ClassShares() {}

    /** Shares that sum to 1, with half a row (of mean weight) added per class so that none is 0. */
    static double[] smoothed(Target target, Weights weights, int classes) {
        double[] share = new double[classes];
        double total = 0;
        for (int row = 0; row < target.size(); row++) {
            share[target.label(row)] += weights.at(row);
            total += weights.at(row);
        }
        double extra = target.size() == 0 || total == 0 ? 1 : 0.5 * total / target.size();
        for (int k = 0; k < classes; k++) {
            share[k] = (share[k] + extra) / (total + extra * classes);
        }
        return share;
    }
}
