package org.autotuner.study;

import org.autotuner.budget.Budget;

/** What happens during a study, in order. */
public sealed interface StudyEvent {

    /** The study begins with this budget. */
    record StudyStarted(Budget budget) implements StudyEvent {}

    /** A part of the work begins, such as {@code search}, {@code ensemble}, {@code score}. */
    record PhaseChanged(String phase) implements StudyEvent {}

    /** A model family takes no part. */
    record FamilySkipped(String family, String reason) implements StudyEvent {}

    /** A trial begins. */
    record TrialStarted(Trial trial) implements StudyEvent {}

    /** One fold of a trial is fitted; {@code error} is lower for better. */
    record FoldFinished(int trial, int fold, double error, double seconds) implements StudyEvent {}

    /** A trial has its outcome. */
    record TrialFinished(Trial trial) implements StudyEvent {}

    /** A trial is the best so far; {@code error} is lower for better. */
    record BestImproved(Trial trial, double error) implements StudyEvent {}

    /** Something that the user should know. */
    record Warning(String message) implements StudyEvent {}

    /** The study has ended. */
    record StudyFinished(String summary) implements StudyEvent {}
}
