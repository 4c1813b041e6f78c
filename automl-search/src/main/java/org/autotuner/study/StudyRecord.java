package org.autotuner.study;

import java.util.Map;
import org.autotuner.space.Configuration;
import org.jspecify.annotations.Nullable;

/** One line of a study's journal: what has to be known to rebuild the study. Lower values are better. */
public sealed interface StudyRecord {

    /**
     * The first line: what the study is, so that a journal of another study is refused.
     *
     * @param space description of the search space
     * @param seed of all randomness
     * @param fingerprint of whatever else must be equal, such as direction, optimizer and data
     * @param version of the library that wrote it
     */
    record Created(String space, long seed, String fingerprint, String version) implements StudyRecord {}

    /**
     * Who says so, in a study that several processes share.
     *
     * @param worker one opening of the study by one process
     * @param attempt 0 for the first run of a trial, one more each time that it is taken from a process that died
     */
    record Claim(String worker, int attempt) {}

    /**
     * A trial begins, begins again after a crash, or goes on after a pause.
     *
     * @param claim null where one process runs the study; else the line counts only if no other one claimed the same
     *     attempt of the trial before it in the log
     */
    record Started(int number, Configuration configuration, @Nullable Claim claim) implements StudyRecord {
        public Started(int number, Configuration configuration) {
            this(number, configuration, null);
        }
    }

    /**
     * An intermediate value of a running trial.
     *
     * @param claim null where one process runs the study; else the line counts only if it has the trial
     */
    record Reported(int number, Trial.Report report, @Nullable Claim claim) implements StudyRecord {
        public Reported(int number, Trial.Report report) {
            this(number, report, null);
        }
    }

    /**
     * A trial has its outcome.
     *
     * @param claim null where one process runs the study; else the line counts only for a running trial, and unless it
     *     completed the trial only if it has it
     */
    record Finished(int number, TrialOutcome outcome, Map<String, String> attributes, @Nullable Claim claim)
            implements StudyRecord {
        public Finished {
            attributes = Map.copyOf(attributes);
        }

        public Finished(int number, TrialOutcome outcome, Map<String, String> attributes) {
            this(number, outcome, attributes, null);
        }
    }

    /** A configuration waits to be tried, before what the optimizer proposes; the start of such a trial takes it away. */
    record Enqueued(Configuration configuration) implements StudyRecord {}

    /** A remark for people; changes nothing. */
    record Note(String text) implements StudyRecord {}
}
