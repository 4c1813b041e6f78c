package org.autotuner.budget;

/** Source of monotonic time, injected so that tests need not wait. Thread-safe. */
@FunctionalInterface
public interface Ticker {

    /** Nanoseconds since an arbitrary but fixed origin; never decreases. */
    long nanos();

    /** The clock of the machine. */
    static Ticker system() {
        return System::nanoTime;
    }
}
