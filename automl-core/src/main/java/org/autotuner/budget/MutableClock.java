package org.autotuner.budget;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves only when told to; for tests of anything that depends on time. Thread-safe. */
public final class MutableClock implements Ticker {

    private final AtomicLong nanos = new AtomicLong();

    /** Moves the clock forward. */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("A clock cannot go back, but the step was %s.".formatted(step));
        }
        nanos.addAndGet(step.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }
}
