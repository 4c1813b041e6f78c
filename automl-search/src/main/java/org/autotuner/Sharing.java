package org.autotuner;

import java.time.Duration;
import org.autotuner.budget.Ticker;

/**
 * What happens to the trials of a process that died, in a study that several processes share. Each process shows every
 * tenth of the limit that it lives. One that has shown nothing for longer than the limit, by the clock of the process
 * that looks, loses its trials: they are handed out again, or fail after so many times. Those of one that closed the study
 * are always handed out again. Give all processes the same. Immutable and thread-safe.
 */
public final class Sharing {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int RETRIES = 2;

    private final Duration limit;
    private final int retries;
    private final Ticker ticker;

    private Sharing(Duration limit, int retries, Ticker ticker) {
        this.limit = limit;
        this.retries = retries;
        this.ticker = ticker;
    }

    /** A limit of 60 seconds, and each trial is handed out again up to twice. */
    public static Sharing standard() {
        return new Sharing(LIMIT, RETRIES, Ticker.system());
    }

    /**
     * A copy with another limit.
     *
     * @param silence above the longest pause of a living process, such as a garbage collection; at least 10 ms
     */
    public Sharing withLimit(Duration silence) {
        if (silence.compareTo(Duration.ofMillis(10)) < 0) {
            throw new IllegalArgumentException("The limit must be at least 10 ms, but was %s.".formatted(silence));
        }
        return new Sharing(silence, retries, ticker);
    }

    /**
     * A copy with another number of retries.
     *
     * @param times how often a trial is handed out again before it fails; 0 lets it fail at once
     */
    public Sharing withRetries(int times) {
        if (times < 0) {
            throw new IllegalArgumentException("The retries must be at least 0, but were %d.".formatted(times));
        }
        return new Sharing(limit, times, ticker);
    }

    /** A copy with another clock, for tests. */
    Sharing withTicker(Ticker clock) {
        return new Sharing(limit, retries, clock);
    }

    Duration limit() {
        return limit;
    }

    int retries() {
        return retries;
    }

    Ticker ticker() {
        return ticker;
    }
}
