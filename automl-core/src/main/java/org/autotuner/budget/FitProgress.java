package org.autotuner.budget;

/** What a running fit tells its owner: a score after each step (round, epoch), and whether to go on. Thread-safe. */
@FunctionalInterface
public interface FitProgress {

    /** Ignores reports and never stops. */
    FitProgress NONE = (step, error) -> true;

    /**
     * Reports an intermediate result.
     *
     * @param step number of finished rounds or epochs, from 1
     * @param error validation error, lower is better
     * @return false if the fit should stop early and return what it has
     */
    boolean report(int step, double error);
}
