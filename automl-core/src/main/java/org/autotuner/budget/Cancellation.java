package org.autotuner.budget;

/** A flag that any thread may raise once; every {@link Deadline} made with it is then over. Thread-safe. */
public final class Cancellation {

    private volatile boolean cancelled;

    /** Asks the work to end as soon as possible with the best result so far. Idempotent. */
    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }
}
