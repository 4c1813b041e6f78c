package org.autotuner.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.optimize.Observations.State;

/**
 * Proposals where good trials are dense and bad ones are not; {@link TpeOptimizer} tells the method. Keeps no state
 * between proposals.
 */
final class ParzenSearch {

    private static final int CANDIDATES = 16;
    private static final double GOOD_SHARE = 0.2;
    private static final int FEWEST_GOOD = 5;
    private static final int MOST_GOOD = 25;
    /** A weighted subsample of the bad ones does as well. */
    private static final int MOST_BAD = 100;

    /** Of how many best trials a branch should hold some. More forget the branch that only its tuning makes best. */
    private static final int LEADERS = 8;

    private static final double GOOD_WIDTH = 1.3;
    private static final double BAD_WIDTH = 1;
    /** How many observations the prior's spread counts as. */
    private static final double PRIOR_SPREAD = 0.7;

    private static final double SMALLEST_WIDTH = 0.003;
    private static final double SMALLEST_STEP = 1;

    /** Trials with a value before densities are told apart. */
    private static final int START = 5;

    private final Encoding encoding;
    private final Untried untried;
    private final Failures failures;

    ParzenSearch(Encoding encoding, Untried untried) {
        this.encoding = encoding;
        this.untried = untried;
        this.failures = new Failures(encoding);
    }

    /** Whether enough trials have a value; a cut one counts as what it was heading for. */
    boolean isReady(Observations observations) {
        return observations.areEnough(START);
    }

    /**
     * The candidate, drawn from the density of good trials, at which it exceeds that of the bad ones most. In a
     * conditional space a branch is drawn first, and its own trials are split once it has some: else whichever branch
     * gives decent values at once fills the good ones, and no other is ever tuned.
     */
    double[] propose(Observations observations, SplittableRandom random) {
        failures.learn(observations);
        List<Observation> ranked = observations.rankedValued();
        List<Observation> all = observations.all();
        Branch branch = Branch.any(encoding);
        if (encoding.isConditional()) {
            branch = Branch.draw(encoding, ranked.subList(0, Math.min(LEADERS, ranked.size())), all, random);
            List<Observation> own = branch.of(ranked);
            if (own.size() >= FEWEST_GOOD) {
                ranked = own;
                all = branch.of(all);
            }
        }
        Split split = split(ranked, all, random);
        return propose(branch, split.good, byRank(split.good.size()), split.bad, observations, random);
    }

    /** The same with a split from elsewhere; {@code shares} are the weights of the good ones, which sum to 1. */
    double[] propose(
            List<double[]> good,
            double[] shares,
            List<double[]> bad,
            Observations observations,
            SplittableRandom random) {
        return propose(Branch.any(encoding), good, shares, bad, observations, random);
    }

    private double[] propose(
            Branch branch,
            List<double[]> good,
            double[] shares,
            List<double[]> bad,
            Observations observations,
            SplittableRandom random) {
        ParzenMixture better = new ParzenMixture(encoding, good, shares, widths(good, GOOD_WIDTH));
        ParzenMixture worse = new ParzenMixture(encoding, bad, even(bad.size()), widths(bad, BAD_WIDTH));
        double[] best = better.sample(branch.fixed(), random);
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < CANDIDATES; i++) {
            double[] drawn = i == 0 ? best : better.sample(branch.fixed(), random);
            double gain =
                    better.logDensity(drawn) - worse.logDensity(drawn) - failures.penalty(Covariance.filled(drawn));
            if (gain > highest && untried.isOpen(drawn, observations)) {
                best = drawn;
                highest = gain;
            }
        }
        return best;
    }

    private record Split(List<double[]> good, List<double[]> bad) {}

    /** Running trials count as bad, and failed ones if some places fail more than others. */
    private Split split(List<Observation> ranked, List<Observation> all, SplittableRandom random) {
        int share = (int) Math.min(MOST_GOOD, Math.max(FEWEST_GOOD, Math.ceil(GOOD_SHARE * ranked.size())));
        int count = Math.min(share, ranked.size());
        List<double[]> good = vectors(ranked.subList(0, count));
        List<Observation> rest = new ArrayList<>(ranked.subList(count, ranked.size()));
        if (ranked.size() < all.size()) {
            for (Observation one : all) {
                if (one.state() == State.RUNNING || (one.state() == State.FAILED && failures.areLocal())) {
                    rest.add(one);
                }
            }
        }
        int kept = Math.min(MOST_BAD, rest.size());
        for (int i = 0; i < kept; i++) {
            Collections.swap(rest, i, i + random.nextInt(rest.size() - i));
        }
        return new Split(good, vectors(rest.subList(0, kept)));
    }

    private static List<double[]> vectors(List<Observation> observations) {
        return observations.stream().map(Observation::vector).toList();
    }

    private static double[] even(int count) {
        double[] shares = new double[count];
        Arrays.fill(shares, 1.0 / count);
        return shares;
    }

    /** Weights that fall with the logarithm of the rank, as evolution strategies take them. */
    static double[] byRank(int count) {
        double[] shares = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            shares[i] = Math.log(count + 0.5) - Math.log(i + 1.0);
            sum += shares[i];
        }
        for (int i = 0; i < count; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    /**
     * Kernel widths by Scott's rule from the spread of each dimension, to which the spread of the
     * prior is added; at least about one step of an ordered parameter.
     */
    private double[] widths(List<double[]> vectors, double factor) {
        double[] widths = new double[encoding.size()];
        for (Dimension dimension : encoding.dimensions()) {
            int d = dimension.index();
            int count = 0;
            double sum = 0;
            double squares = 0;
            for (double[] vector : vectors) {
                if (!Double.isNaN(vector[d])) {
                    count++;
                    sum += vector[d] - 0.5;
                    squares += (vector[d] - 0.5) * (vector[d] - 0.5);
                }
            }
            double around = Math.max(0, squares - sum * sum / Math.max(1, count));
            double spread = Math.sqrt((around + PRIOR_SPREAD / 12) / (count + PRIOR_SPREAD));
            double scott = Math.pow(Math.max(1, count), -1.0 / (encoding.size() + 4));
            double floor = dimension.levels() > 0 ? SMALLEST_STEP / dimension.levels() : SMALLEST_WIDTH;
            widths[d] = Math.max(floor, factor * spread * scott);
        }
        return widths;
    }
}
