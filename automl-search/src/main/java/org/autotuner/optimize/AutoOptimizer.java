package org.autotuner.optimize;

import java.util.SplittableRandom;
import org.autotuner.optimize.ProcessSearch.Aim;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.StudyHistory;
import org.jspecify.annotations.Nullable;

/**
 * The default: a mixture of methods, since none is best everywhere and mixtures lose little to the best of each (Awad and
 * others: Squirrel, arXiv 2012.08180; Sazanovich and others: Solving Black-Box Optimization Challenge via Learning
 * Search Space Partition for Local Bayesian Optimization, arXiv 2012.10335). What it takes follows from the space and
 * the trials alone:
 * <ul>
 *   <li>a few space-filling points at first, or steps from the starting points' best three;
 *   <li>then a Gaussian process over the whole conditional space, in turn with expected improvement anywhere and in a
 *       trust region around the best; where noise is a considerable part of the values, the lowest posterior mean takes
 *       the trust region's turns, so that leaders are measured again; if it is open whether there is noise, the best
 *       trial is measured twice more; one proposal of eight comes from TPE, which assumes
 *       less;
 *   <li>from {@value #PROCESS_TRIALS} trials with a value on, where a process costs too much, CMA-ES and TPE in turn.
 * </ul>
 * A proposal costs some milliseconds up to then and a fraction of one after. {@link #withinSeconds} minds what trials
 * cost. Immutable and thread-safe.
 */
public final class AutoOptimizer implements Optimizer {

    private static final int PROCESS_TRIALS = 250;
    private static final int PERIOD = 8;
    private static final int FEW_TRIALS = 20;

    private final int leaderTrials;
    private final double seconds;

    private AutoOptimizer(int leaderTrials, double seconds) {
        this.leaderTrials = leaderTrials;
        this.seconds = seconds;
    }

    public AutoOptimizer() {
        this(0, Double.POSITIVE_INFINITY);
    }

    /**
     * A copy for studies whose first trials are good starting points: up to twenty trials more it steps from the best
     * three, since so few teach a model less than the points hold.
     *
     * @param count number of starting points, at least 0
     */
    @Override
    public AutoOptimizer afterStartingPoints(int count) {
        return new AutoOptimizer(count + FEW_TRIALS, seconds);
    }

    /**
     * A copy for a budget of time: where durations differ more than threefold, expected improvement counts per second,
     * less so the more of the time is used up. Its proposals then depend on how long trials took.
     *
     * @param total seconds that all trials may take together: the time limit times the trials at once; above 0
     */
    @Override
    public AutoOptimizer withinSeconds(double total) {
        if (!(total > 0)) {
            throw new IllegalArgumentException("The seconds must be above 0, but were %s.".formatted(total));
        }
        return new AutoOptimizer(leaderTrials, total);
    }

    @Override
    public String name() {
        return "auto";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        return VectorSession.open(space, seed, parts -> new Mixture(parts, leaderTrials, seconds));
    }

    private static final class Mixture implements VectorSession.Method {

        private final long seed;
        private final int leaderTrials;
        private final Observations observations;
        private final LeaderSteps leaders;
        private final ProcessSearch process;
        private final ParzenSearch parzen;
        private final CmaEs cmaEs;

        Mixture(VectorSession.Parts parts, int leaderTrials, double seconds) {
            this.seed = parts.seed();
            this.leaderTrials = leaderTrials;
            this.observations = parts.observations();
            this.leaders = new LeaderSteps(parts.encoding(), seed);
            this.process = new ProcessSearch(parts.encoding(), parts.untried(), seconds);
            this.parzen = new ParzenSearch(parts.encoding(), parts.untried());
            this.cmaEs = new CmaEs(parts.encoding(), seed, PROCESS_TRIALS);
        }

        @Override
        public double @Nullable [] wanted(int number, StudyHistory history) {
            int completed = observations.completedCount();
            if (completed > 0 && completed < leaderTrials) {
                return leaders.propose(number, observations);
            }
            if (!process.isReady(observations)) {
                return null;
            }
            SplittableRandom random = Random.of(seed, number);
            if (observations.valuedCount() >= PROCESS_TRIALS) {
                boolean isEvolved = completed >= PROCESS_TRIALS && number % 2 == 0;
                return isEvolved ? cmaEs.propose(number, observations) : parzen.propose(observations, random);
            }
            int turn = number % PERIOD;
            if (turn == PERIOD - 1) {
                return parzen.propose(observations, random);
            }
            process.learn(observations);
            Aim second = process.isNoisy() ? Aim.LEADER : Aim.NEARBY;
            return process.propose(turn % 2 == 0 ? Aim.ANYWHERE : second, observations, random);
        }
    }
}
