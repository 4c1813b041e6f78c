package org.autotuner.study;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Who runs which trial, by the order of the log. Records without a claim come from a process that runs the study alone:
 * they always count. Not thread-safe.
 */
final class Claims {

    private static final StudyRecord.Claim NOBODY = new StudyRecord.Claim("", 0);

    private final NavigableMap<Integer, StudyRecord.Claim> running = new TreeMap<>();

    /** The running trials by number. */
    Map<Integer, StudyRecord.Claim> running() {
        return Collections.unmodifiableMap(running);
    }

    /** Whether a trial is new, goes on after a pause, or is taken from its worker; else another process was faster. */
    boolean mayStart(StudyRecord.Started started, boolean isNew, boolean isPaused) {
        StudyRecord.Claim claim = started.claim();
        if (claim == null || isNew) {
            return true;
        }
        StudyRecord.Claim current = running.get(started.number());
        return current == null ? isPaused : claim.attempt() == current.attempt() + 1;
    }

    void start(StudyRecord.Started started) {
        StudyRecord.Claim claim = started.claim();
        running.put(started.number(), claim == null ? NOBODY : claim);
    }

    /** Whether it comes from the worker that has the trial. */
    boolean mayReport(StudyRecord.Reported reported) {
        StudyRecord.Claim claim = reported.claim();
        return claim == null || claim.equals(running.get(reported.number()));
    }

    /** A value counts, whoever found it, as long as there is none; an end without a value only from who has the trial. */
    boolean mayFinish(StudyRecord.Finished finished) {
        StudyRecord.Claim claim = finished.claim();
        if (claim == null) {
            return true;
        }
        StudyRecord.Claim current = running.get(finished.number());
        return current != null && (claim.equals(current) || finished.outcome() instanceof TrialOutcome.Completed);
    }

    void end(int number) {
        running.remove(number);
    }
}
