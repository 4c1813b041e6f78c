package org.autotuner.optimize;

import java.util.Arrays;
import java.util.List;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.optimize.Observations.State;

/**
 * Where trials fail: the share that succeeds is smoothed over the trials near by a kernel, whose width predicts each trial
 * from the others best. If no width predicts better than the share of all does, trials fail anywhere by chance: then they
 * should cost nothing but themselves. Else what a vector promises counts times its chance to succeed (Gelbart, Snoek,
 * Adams: Bayesian Optimization with Unknown Constraints, UAI 2014). Used by one thread.
 */
final class Failures implements Penalty {

    /** Kernel widths per root of the number of dimensions, in the unit range. */
    private static final double[] WIDTHS = {0.1, 0.2, 0.4};

    /** How many trials the share of all counts as. */
    private static final double PRIOR = 3;

    /** What another category adds to the squared distance. */
    private static final double OTHER_CATEGORY = 2;

    /** By how much the logarithm of the likelihood must be higher before places are told apart. */
    private static final double EVIDENCE = 3;

    /** The latest ended trials that count. */
    private static final int MOST = 150;

    private final Encoding encoding;
    private final double[] ofAll;
    private final double[] ofGood;
    private List<double[]> rows = List.of();
    private boolean[] isGood = new boolean[0];
    private double[] shares = new double[0]; // these three of the vector that the penalty was asked for last
    private double good;
    private double total;
    private double rate = 1;
    private double sharpness;
    private boolean areLocal;

    Failures(Encoding encoding) {
        this.encoding = encoding;
        this.ofAll = new double[encoding.size()];
        this.ofGood = new double[encoding.size()];
    }

    void learn(Observations observations) {
        List<Observation> all = observations.all().stream()
                .filter(one -> one.state() != State.RUNNING)
                .toList();
        List<Observation> ended = all.subList(Math.max(0, all.size() - MOST), all.size());
        long failed = ended.stream().filter(one -> one.state() == State.FAILED).count();
        areLocal = false;
        if (failed == 0) {
            return;
        }
        rows = ended.stream().map(one -> Covariance.filled(one.vector())).toList();
        isGood = new boolean[rows.size()];
        for (int i = 0; i < isGood.length; i++) {
            isGood[i] = ended.get(i).state() != State.FAILED;
        }
        shares = new double[rows.size()];
        rate = (ended.size() - failed + 1.0) / (ended.size() + 2.0);
        double best = failed * Math.log(1 - rate) + (ended.size() - failed) * Math.log(rate) + EVIDENCE;
        for (double width : WIDTHS) {
            double candidate = 1 / (width * width * encoding.size());
            double likelihood = likelihood(candidate);
            if (likelihood > best) {
                best = likelihood;
                sharpness = candidate;
                areLocal = true;
            }
        }
    }

    /** Whether some places fail more than others, as far as is known. */
    boolean areLocal() {
        return areLocal;
    }

    /** Logarithm of the probability of how each trial ended, given the others. */
    private double likelihood(double candidate) {
        double[] good = new double[rows.size()];
        double[] total = new double[rows.size()];
        Arrays.fill(good, PRIOR * rate);
        Arrays.fill(total, PRIOR);
        for (int i = 0; i < good.length; i++) {
            for (int j = 0; j < i; j++) {
                double share = share(rows.get(i), rows.get(j), candidate);
                total[i] += share;
                total[j] += share;
                good[i] += isGood[j] ? share : 0;
                good[j] += isGood[i] ? share : 0;
            }
        }
        double sum = 0;
        for (int i = 0; i < good.length; i++) {
            double chance = good[i] / total[i];
            sum += Math.log(isGood[i] ? chance : 1 - chance);
        }
        return sum;
    }

    @Override
    public double penalty(double[] at) {
        if (!areLocal) {
            return 0;
        }
        good = PRIOR * rate;
        total = PRIOR;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = share(at, rows.get(i), sharpness);
            total += shares[i];
            good += isGood[i] ? shares[i] : 0;
        }
        return Math.log(total / good);
    }

    @Override
    public double penalty(double[] at, double[] gradient) {
        double penalty = penalty(at);
        if (!areLocal) {
            return penalty;
        }
        Arrays.fill(ofAll, 0);
        Arrays.fill(ofGood, 0);
        for (int i = 0; i < shares.length; i++) {
            for (int d = 0; d < gradient.length; d++) {
                double slope = shares[i] * sharpness * (rows.get(i)[d] - at[d]);
                ofAll[d] += slope;
                ofGood[d] += isGood[i] ? slope : 0;
            }
        }
        for (int d = 0; d < gradient.length; d++) {
            gradient[d] += encoding.dimension(d).isCategory() ? 0 : ofAll[d] / total - ofGood[d] / good;
        }
        return penalty;
    }

    private double share(double[] a, double[] b, double sharp) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            double difference = a[d] - b[d];
            if (encoding.dimension(d).isCategory()) {
                sum += difference == 0 ? 0 : OTHER_CATEGORY;
            } else {
                sum += sharp * difference * difference;
            }
        }
        return Math.exp(-0.5 * sum);
    }
}
