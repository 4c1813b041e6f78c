package org.autotuner.examples.bench.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Regrets of two samplers on one objective, compared. */
final class Comparison {

    /** A ratio above this counts as this, so that one objective cannot decide. */
    static final double LARGEST_RATIO = 2;

    private static final MathContext DIGITS = new MathContext(6);

    private Comparison() {}

    /** Median over median of random search, at most {@link #LARGEST_RATIO}. */
    static double normalised(List<Double> ours, List<Double> random) {
        double our = Median.of(ours);
        double base = Median.of(random);
        if (our == 0) {
            return 0;
        }
        double ratio = our / base;
        return ratio < LARGEST_RATIO ? ratio : LARGEST_RATIO;
    }

    /** The share of all pairs of seeds in which ours is lower; equal ones, to six digits, count half. */
    static double win(List<Double> ours, List<Double> theirs) {
        double points = 0;
        for (double our : ours) {
            for (double their : theirs) {
                int order = Double.compare(rounded(our), rounded(their));
                points += order < 0 ? 1 : order == 0 ? 0.5 : 0;
            }
        }
        return points / ours.size() / theirs.size();
    }

    /** As kept in files, where values have six digits. */
    private static double rounded(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : value;
    }
}
