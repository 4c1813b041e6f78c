package org.autotuner.optimize;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.autotuner.optimize.Observations.Observation;

/**
 * One way down the tree of a conditional space: an option for every choice on it that owns parameters.
 *
 * @param fixed the coordinates of those choices, {@code NaN} elsewhere
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Branch(double[] fixed) {

    /** No option is decided. */
    static Branch any(Encoding encoding) {
        double[] fixed = new double[encoding.size()];
        Arrays.fill(fixed, Double.NaN);
        return new Branch(fixed);
    }

    /** The way that a vector takes. */
    static Branch of(Encoding encoding, double[] vector) {
        Branch branch = any(encoding);
        for (Dimension dimension : encoding.dimensions()) {
            if (Encoding.hasChildren(dimension)) {
                branch.fixed[dimension.index()] = vector[dimension.index()];
            }
        }
        return branch;
    }

    /**
     * Thompson sampling (Thompson, Biometrika 25, 1933; Chapelle, Li: An Empirical Evaluation of Thompson Sampling,
     * NeurIPS 2011) of the chance that a trial under an option is one of the best few of all, from a uniform prior. A
     * branch that holds all of the best also holds ever more of the others, so its chance falls, and one with few
     * trials is tried again.
     */
    static Branch draw(Encoding encoding, List<Observation> best, List<Observation> all, SplittableRandom random) {
        Branch branch = any(encoding);
        encoding.walk(dimension -> {
            if (!Encoding.hasChildren(dimension)) {
                return 0.5;
            }
            double[] hits = counts(dimension, best);
            double[] trials = counts(dimension, all);
            int drawn = 0;
            double highest = Double.NEGATIVE_INFINITY;
            for (int option = 0; option < trials.length; option++) {
                BetaDistribution belief =
                        new BetaDistribution(null, 1 + hits[option], 1 + trials[option] - hits[option]);
                double chance = belief.inverseCumulativeProbability(random.nextDouble());
                if (chance > highest) {
                    highest = chance;
                    drawn = option;
                }
            }
            branch.fixed[dimension.index()] = dimension.ofOption(drawn);
            return dimension.ofOption(drawn);
        });
        return branch;
    }

    private static double[] counts(Dimension dimension, List<Observation> observations) {
        double[] counts = new double[dimension.levels()];
        for (Observation one : observations) {
            double unit = one.vector()[dimension.index()];
            if (!Double.isNaN(unit)) {
                counts[dimension.option(unit)]++;
            }
        }
        return counts;
    }

    /** The observations on this way, in their order. */
    List<Observation> of(List<Observation> observations) {
        return observations.stream().filter(one -> holds(one.vector())).toList();
    }

    /** Those on other ways, in their order. */
    List<Observation> notOf(List<Observation> observations) {
        return observations.stream().filter(one -> !holds(one.vector())).toList();
    }

    private boolean holds(double[] vector) {
        for (int d = 0; d < fixed.length; d++) {
            if (!Double.isNaN(fixed[d]) && fixed[d] != vector[d]) {
                return false;
            }
        }
        return true;
    }
}
