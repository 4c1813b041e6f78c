package org.autotuner;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.RunningTrial;

/**
 * Ask and tell for several objectives and limits; made by {@link ParetoSearch#open()}. What is said of trials, storage and
 * other processes at {@link Study} holds here too. Thread-safe.
 */
public final class ParetoStudy implements AutoCloseable {

    private final SearchSpace space;
    private final Goals goals;
    private final Study study;

    ParetoStudy(SearchSpace space, Goals goals, Study study) {
        this.space = space;
        this.goals = goals;
        this.study = study;
    }

    /** The next trial, as {@link Study#ask()} tells. Empty if the space is exhausted. */
    public Optional<RunningTrial> ask() {
        return study.ask();
    }

    /**
     * Has a configuration tried next; see {@link Study#enqueue}.
     *
     * @throws IllegalArgumentException if it does not lie in the space
     */
    public void enqueue(Configuration configuration) {
        study.enqueue(configuration);
    }

    /**
     * Ends a trial.
     *
     * @param measured as {@link ParetoObjective} returns it; NaN makes it a failed one
     * @throws IllegalArgumentException if an objective or limit is missing, or the trial has ended already or is not of
     *     this study
     */
    public void tell(RunningTrial trial, Map<String, ? extends Number> measured) {
        study.tell(trial, goals.measured(trial, measured));
    }

    /** Ends a trial that failed; {@link #tell} says what it throws. */
    public void fail(RunningTrial trial, String cause) {
        study.fail(trial, cause);
    }

    /** What was found so far; running trials are among its trials, and its time is zero. */
    public ParetoResult result() {
        StudyResult inner = StudyResult.of(
                space, study.history().trials(), false, Duration.ZERO, StudyResult.End.CANCELLED, study.warnings());
        return new ParetoResult(space, goals, inner);
    }

    /** Releases the storage. Trials that were not told about are handed out again by the next run. */
    @Override
    public void close() {
        study.close();
    }
}
