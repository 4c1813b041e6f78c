package org.autotuner.models.boost;

import org.autotuner.budget.Deadline;

/**
 * The learning rate that a time budget allows: the best number of rounds is about inversely proportional to the rate,
 * so the rate is raised until the expected rounds fit.
 */
final class BudgetRate {

    /** Largest rate that is ever chosen: above it boosting loses more than the time is worth. */
    static final double MAX_RATE = 0.3;

    private BudgetRate() {}

    /** Rounds up to the best one at this rate. */
    static double expectedRounds(double rate, int outputs) {
        return Math.min(RoundLoop.MAX_ROUNDS, (outputs > 1 ? 15 : 25) / rate);
    }

    /** The rate at which a fit with its patience takes {@code seconds}; beyond {@link #MAX_RATE} if none does. */
    static double rateThatFits(double rate, int outputs, double secondsPerRound, double seconds) {
        double affordable = seconds / (1.3 * secondsPerRound);
        double expected = expectedRounds(rate, outputs);
        return affordable >= expected ? rate : rate * expected / Math.max(1e-3, affordable);
    }

    /** Trains up to so many rounds within the given seconds and returns the seconds of one. */
    static double secondsPerRound(BoostingRun run, int rounds, double seconds, Deadline deadline) {
        // The first round also bins the data: it does not count unless it is the only one.
        long start = System.nanoTime();
        deadline.check();
        run.round();
        double first = (System.nanoTime() - start) * 1e-9;
        long after = System.nanoTime();
        int done = 0;
        while (done < rounds - 1 && (System.nanoTime() - start) * 1e-9 < seconds && !deadline.isOver()) {
            run.round();
            done++;
        }
        return done == 0 ? first : (System.nanoTime() - after) * 1e-9 / done;
    }
}
