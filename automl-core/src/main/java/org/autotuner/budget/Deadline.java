package org.autotuner.budget;

import java.time.Duration;

/**
 * What is left of the granted time, asked by every loop down to the boosting round. Immutable and thread-safe; it is
 * over when its time is up or its {@link Cancellation} is raised.
 */
public final class Deadline {

    private static final long NEVER = Long.MAX_VALUE;

    private final Ticker ticker;
    private final Cancellation cancellation;
    private final long start;
    private final long lengthNanos;

    private Deadline(Ticker ticker, Cancellation cancellation, long start, long lengthNanos) {
        this.ticker = ticker;
        this.cancellation = cancellation;
        this.start = start;
        this.lengthNanos = lengthNanos;
    }

    /** A deadline {@code time} from now. */
    public static Deadline after(Duration time, Ticker ticker, Cancellation cancellation) {
        return new Deadline(ticker, cancellation, ticker.nanos(), Math.max(0, time.toNanos()));
    }

    /** A deadline {@code time} from now by the machine's clock that nobody cancels. */
    public static Deadline after(Duration time) {
        return after(time, Ticker.system(), new Cancellation());
    }

    /** No time limit, but it can be cancelled. */
    public static Deadline unlimited(Cancellation cancellation) {
        return new Deadline(Ticker.system(), cancellation, 0, NEVER);
    }

    /** No time limit and nobody cancels. */
    public static Deadline never() {
        return unlimited(new Cancellation());
    }

    public boolean hasLimit() {
        return lengthNanos != NEVER;
    }

    /** Nanoseconds left, at least 0; {@link Long#MAX_VALUE} without a limit; 0 once cancelled. */
    public long remainingNanos() {
        if (cancellation.isCancelled()) {
            return 0;
        }
        return hasLimit() ? Math.max(0, lengthNanos - (ticker.nanos() - start)) : NEVER;
    }

    /** Seconds left, at least 0; infinite without a limit. */
    public double remainingSeconds() {
        long nanos = remainingNanos();
        return nanos == NEVER ? Double.POSITIVE_INFINITY : nanos * 1e-9;
    }

    /** Share of the granted time that is used, in 0..1; 0 without a limit. */
    public double fractionUsed() {
        if (!hasLimit()) {
            return cancellation.isCancelled() ? 1 : 0;
        }
        return lengthNanos == 0 ? 1 : 1 - (double) remainingNanos() / lengthNanos;
    }

    /** A deadline after {@code fraction} (0..1) of what is left now; the same cancellation. */
    public Deadline share(double fraction) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("fraction must be in 0..1, but was %s.".formatted(fraction));
        }
        if (!hasLimit()) {
            return this;
        }
        return new Deadline(ticker, cancellation, ticker.nanos(), (long) (remainingNanos() * fraction));
    }

    /** The earlier of this deadline and one {@code time} from now; the same cancellation. */
    public Deadline atMost(Duration time) {
        long now = ticker.nanos();
        long limit = hasLimit() ? Math.min(Math.max(0, lengthNanos - (now - start)), time.toNanos()) : time.toNanos();
        return new Deadline(ticker, cancellation, now, Math.max(0, limit));
    }

    public boolean isOver() {
        return remainingNanos() == 0;
    }

    public boolean isCancelled() {
        return cancellation.isCancelled();
    }

    /**
     * Returns if there is time left.
     *
     * @throws DeadlineExceededException if the time is up or the work was cancelled
     */
    public void check() {
        if (isOver()) {
            throw new DeadlineExceededException(cancellation.isCancelled() ? "Cancelled." : "The time is up.");
        }
    }
}
