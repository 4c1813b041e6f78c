package org.autotuner.study;

import java.util.List;
import java.util.Optional;

/** Read-only view of a study's trials, finished and running, in number order. */
public interface StudyHistory {

    List<Trial> trials();

    /** The completed trial of the lowest value that keeps all constraints; the earliest among equals. */
    Optional<Trial> best();

    /** Number of finished trials since the best one. */
    int trialsSinceBest();
}
