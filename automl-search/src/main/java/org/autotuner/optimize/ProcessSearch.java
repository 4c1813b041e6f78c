package org.autotuner.optimize;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autotuner.optimize.Observations.Observation;
import org.autotuner.optimize.Observations.State;
import org.jspecify.annotations.Nullable;

/** Proposals from a Gaussian process over all trials. Used by one thread. */
final class ProcessSearch {

    /** What a proposal is for. */
    enum Aim {
        /** The highest expected improvement anywhere. */
        ANYWHERE,
        /** The highest expected improvement near the best trial. */
        NEARBY,
        /** The lowest expected value: under noise, to learn more of the leaders; anywhere else while one runs there. */
        LEADER
    }

    /** Trials with a value before a process is fitted. */
    static final int START = 8;

    /** Candidates times trials: what a proposal may cost. */
    private static final int CANDIDATE_COST = 32000;

    private static final int MOST_EVEN = 200;
    private static final int LEADERS = 5;
    private static final double NOISY = 0.05;

    /** Vectors nearer than this are one place. */
    private static final double SAME = 0.01;

    /** Vectors whose coordinates are equal in these units are the very same place. */
    private static final double EQUAL = 1e-9;

    /** Completed trials from which the best is measured again to tell noise from the shape of a rough function. */
    private static final int REPEATING = 50;

    private final Encoding encoding;
    private final Untried untried;
    private final Surrogate surrogate;
    private final @Nullable CostModel costs;
    private final Failures failures;
    private final List<Penalty> penalties;

    /** @param seconds that all trials may take together, where proposals are to be worth their time; or infinity */
    ProcessSearch(Encoding encoding, Untried untried, double seconds) {
        this.encoding = encoding;
        this.untried = untried;
        this.surrogate = new Surrogate(encoding);
        this.costs = Double.isInfinite(seconds) ? null : new CostModel(encoding, seconds);
        this.failures = new Failures(encoding);
        this.penalties = costs == null ? List.of(failures) : List.of(failures, costs);
    }

    /** Whether enough trials have a value. */
    boolean isReady(Observations observations) {
        return observations.areEnough(START);
    }

    void learn(Observations observations) {
        failures.learn(observations);
        surrogate.learn(observations, failures);
        if (costs != null) {
            costs.learn(observations);
        }
    }

    /** Whether noise is a considerable part of what the values differ by; asked after {@link #learn}. */
    boolean isNoisy() {
        return isNoisierThan(NOISY);
    }

    /**
     * Never where a pruner cuts trials: what looks like noise is that only guesses are known of these, and a trial there would
     * be cut again.
     */
    private boolean isNoisierThan(double share) {
        return !surrogate.hasCutTrials() && surrogate.repetitions().allowNoise(surrogate.process(), share);
    }

    /** Whether it is still open if there is noise; never in a finite space, where nothing is tried twice. */
    private boolean isInDoubt(Observations observations) {
        return observations.completedCount() >= REPEATING
                && !untried.isFinite()
                && !surrogate.repetitions().areEnough()
                && isNoisierThan(Recommender.NEGLIGIBLE);
    }

    /** A vector; null if all that was looked at had been tried. Asked after {@link #learn}. */
    double @Nullable [] propose(Aim aim, Observations observations, SplittableRandom random) {
        boolean isRepeated = aim != Aim.ANYWHERE && isInDoubt(observations);
        double[] found = isRepeated ? leaders(observations).get(0) : search(aim, observations, random);
        boolean isMeasured = (isRepeated || aim == Aim.LEADER) && found != null && isRunning(found, observations);
        return isMeasured ? search(Aim.ANYWHERE, observations, random) : found;
    }

    private static boolean isRunning(double[] vector, Observations observations) {
        return observations.all().stream()
                .anyMatch(one -> one.state() == State.RUNNING && Acquisition.distance(one.vector(), vector) < SAME);
    }

    /** Places where a trial ran or runs; without noise another one there tells nothing. */
    private static Set<List<Long>> known(Observations observations) {
        Set<List<Long>> known = new HashSet<>();
        for (Observation one : observations.all()) {
            if (one.state() != State.FAILED) {
                known.add(place(one.vector()));
            }
        }
        return known;
    }

    private static List<Long> place(double[] vector) {
        return Arrays.stream(vector)
                .mapToObj(unit -> Double.isNaN(unit) ? Long.MIN_VALUE : Math.round(unit / EQUAL))
                .toList();
    }

    private double @Nullable [] search(Aim aim, Observations observations, SplittableRandom random) {
        GaussianProcess process = surrogate.process();
        double[] low = new double[encoding.size()];
        double[] high = new double[encoding.size()];
        Arrays.fill(high, 1);
        if (aim == Aim.NEARBY) {
            TrustRegion.of(observations.valued(), START, encoding.size()).bounds(process.covariance(), low, high);
        }
        boolean mayRepeat = aim == Aim.LEADER || isNoisierThan(Recommender.NEGLIGIBLE);
        Set<List<Long>> known = mayRepeat ? Set.of() : known(observations);
        List<double[]> cut = observations.all().stream()
                .filter(Observation::isCut)
                .map(Observation::vector)
                .toList();
        Acquisition acquisition = new Acquisition(
                encoding,
                process,
                aim == Aim.LEADER ? Double.NaN : surrogate.incumbent(),
                vector -> untried.isOpen(vector, observations)
                        && (mayRepeat || !known.contains(place(vector)))
                        && cut.stream().noneMatch(one -> Acquisition.distance(one, vector) < SAME),
                low,
                high,
                penalties);
        int even = Math.min(MOST_EVEN, CANDIDATE_COST / process.size());
        return acquisition.best(leaders(observations), even, even / 2, random);
    }

    /** Under noise by posterior mean, else by value. */
    private List<double[]> leaders(Observations observations) {
        if (!isNoisy()) {
            return observations.rankedValued().stream()
                    .limit(LEADERS)
                    .map(Observation::vector)
                    .toList();
        }
        List<Observation> valued = surrogate.valued();
        double[] means = surrogate.means();
        return IntStream.range(0, valued.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> means[i]))
                .limit(LEADERS)
                .map(i -> valued.get(i).vector())
                .toList();
    }
}
