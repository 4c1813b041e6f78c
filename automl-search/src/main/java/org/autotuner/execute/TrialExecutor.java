package org.autotuner.execute;

import java.time.Duration;
import java.util.Optional;

/** Runs fold tasks somewhere: local threads, later other machines. Used by one coordinator thread. */
public interface TrialExecutor extends AutoCloseable {

    /** Number of tasks that run at the same time. */
    int workers();

    /** Starts a task; its outcome comes by {@link #poll}. */
    void submit(FoldTask task);

    /** The next outcome, in order of completion; empty if none came within {@code timeout}. */
    Optional<FoldOutcome> poll(Duration timeout);

    /** Takes no more tasks and returns at once; running tasks free what they hold when they end. */
    @Override
    void close();
}
