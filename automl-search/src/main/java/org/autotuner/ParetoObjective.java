package org.autotuner;

import java.util.Map;
import org.autotuner.study.RunningTrial;

/**
 * What a user wants to be good in several ways: a number by name for each objective and each limited measure. Must be
 * thread-safe if asked for several threads.
 */
@FunctionalInterface
public interface ParetoObjective {

    /**
     * Evaluates one configuration.
     *
     * @return a value for every objective and limit of the search, in the caller's units and sign; further names are kept
     *     with the trial. NaN and a missing name make the trial a failed one
     * @throws Exception makes the trial a failed one and its message the cause; the study goes on
     */
    Map<String, ? extends Number> evaluate(RunningTrial trial) throws Exception;
}
