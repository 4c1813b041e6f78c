package org.autotuner.prune;

import java.util.Optional;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/**
 * Decides whether a running trial goes on. A stateless function of the history; thread-safe. Reports may come at any
 * steps, may start late and may be infinite; those of failed trials say nothing.
 */
public interface Pruner {

    /** Name by which it is chosen, in lower case with hyphens. */
    String name();

    /**
     * Whether the trial should end now.
     *
     * @param trial with its reports so far, lower is better
     * @param history the other trials that this decision may know, in number order
     */
    boolean shouldPrune(Trial trial, StudyHistory history);

    /**
     * A copy for trials that report after each fold the mean of all folds so far, as a fit of a table does; the same
     * pruner by default.
     */
    default Pruner forRunningMeans() {
        return this;
    }

    /**
     * Whether trials that should end now are set aside instead, because {@link #promote} may let them go on later.
     * Default: they end for good. A fit of a table takes pausing for ending.
     */
    default boolean isPausing() {
        return false;
    }

    /**
     * The paused trial that goes on next, before any new one begins; asked each time a trial could begin.
     *
     * @param history all trials that this decision may know, in number order
     * @return one of its paused trials; empty by default
     */
    default Optional<Trial> promote(StudyHistory history) {
        return Optional.empty();
    }
}
