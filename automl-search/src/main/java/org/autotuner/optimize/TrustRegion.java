package org.autotuner.optimize;

import java.util.List;
import org.autotuner.optimize.Observations.Observation;

/**
 * A box around the best trial whose side follows success (Eriksson and others: Scalable Global Optimization via Local
 * Bayesian Optimization, NeurIPS 2019): doubled after three improvements in a row, halved after as many failures as
 * there are dimensions, begun anew when tiny. A function of the trials in number order.
 *
 * @param side length in the unit range, before it is scaled by dimension
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and the vector is shared on purpose
record TrustRegion(double[] centre, double side) {

    private static final double FIRST = 0.8;
    private static final double LARGEST = 1.6;
    private static final double SMALLEST = Math.pow(0.5, 7);

    static TrustRegion of(List<Observation> completed, int skip, int dimensions) {
        double side = FIRST;
        int successes = 0;
        int failures = 0;
        int patience = Math.max(4, dimensions);
        double best = Double.POSITIVE_INFINITY;
        double[] centre = new double[0];
        for (int i = 0; i < completed.size(); i++) {
            Observation one = completed.get(i);
            boolean isBetter = one.value() < best - 1e-3 * Math.abs(best);
            if (one.value() < best) {
                best = one.value();
                centre = one.vector();
            }
            if (i < skip) {
                continue;
            }
            successes = isBetter ? successes + 1 : 0;
            failures = isBetter ? 0 : failures + 1;
            if (successes == 3) {
                side = Math.min(LARGEST, 2 * side);
                successes = 0;
            } else if (failures == patience) {
                side /= 2;
                failures = 0;
            }
            if (side < SMALLEST) {
                side = FIRST;
            }
        }
        return new TrustRegion(centre, side);
    }

    /** Fills the ends of the box; sides follow the lengths over which the function changes. */
    void bounds(Covariance covariance, double[] low, double[] high) {
        double[] scales = covariance.relativeLengths();
        for (int d = 0; d < low.length; d++) {
            double at = Double.isNaN(centre[d]) ? 0.5 : centre[d];
            low[d] = Math.max(0, at - side * scales[d] / 2);
            high[d] = Math.min(1, at + side * scales[d] / 2);
        }
    }
}
