package org.autotuner.prune;

import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;

/** Decides whether a running trial goes on. A stateless function of the history; thread-safe. */
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
}
