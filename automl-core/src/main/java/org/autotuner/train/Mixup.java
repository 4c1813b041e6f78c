package org.autotuner.train;

import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BetaDistribution;

/** Shares of mixed rows (Zhang and others: mixup, arXiv 1710.09412). */
final class Mixup {

    private Mixup() {}

    /** The larger share of a pair for each step, from a symmetric beta distribution: in [0.5, 1]. */
    static double[] shares(double alpha, int steps, SplittableRandom random) {
        BetaDistribution beta = new BetaDistribution(null, alpha, alpha);
        double[] shares = new double[steps];
        for (int step = 0; step < steps; step++) {
            double share = beta.inverseCumulativeProbability(random.nextDouble());
            shares[step] = Math.max(share, 1 - share);
        }
        return shares;
    }
}
