package org.autotuner;

import org.autotuner.study.RunningTrial;

/** What a user minimises or maximises: a value for one configuration. Must be thread-safe if asked for several threads. */
@FunctionalInterface
public interface Objective {

    /**
     * Evaluates one configuration.
     *
     * @return the value; NaN makes the trial a failed one
     * @throws Exception makes the trial a failed one and its message the cause; the study goes on
     */
    double evaluate(RunningTrial trial) throws Exception;
}
