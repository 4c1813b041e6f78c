package org.autotuner.study;

import java.util.Map;
import org.autotuner.space.Configuration;

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

    /** A trial begins, begins again after a crash, or goes on after a pause. */
    record Started(int number, Configuration configuration) implements StudyRecord {}

    /** An intermediate value of a running trial. */
    record Reported(int number, Trial.Report report) implements StudyRecord {}

    /** A trial has its outcome. */
    record Finished(int number, TrialOutcome outcome, Map<String, String> attributes) implements StudyRecord {
        public Finished {
            attributes = Map.copyOf(attributes);
        }
    }

    /** A remark for people; changes nothing. */
    record Note(String text) implements StudyRecord {}
}
