package org.autotuner.study;

/** When to stop before the budget ends. Stateless; asked by the coordinator after each trial. */
@FunctionalInterface
public interface StopRule {

    boolean shouldStop(StudyHistory history);
}
