package org.autotuner.model;

import java.time.Duration;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.FitProgress;
import org.autotuner.metric.Metric;

/**
 * What a fit may know and must obey. Immutable; each {@code withX} returns a changed copy.
 */
public final class FitContext {

    /** Seconds beyond which a share is no limit. */
    private static final double LARGEST_SHARE = 1e6;

    private final Metric metric;
    private final long seed;
    private final Deadline deadline;
    private final int threads;
    private final FitProgress progress;
    private final double secondsShare;
    private final int steps;
    private final Constraints constraints;

    private FitContext(
            Metric metric,
            long seed,
            Deadline deadline,
            int threads,
            FitProgress progress,
            double secondsShare,
            int steps,
            Constraints constraints) {
        this.metric = metric;
        this.seed = seed;
        this.deadline = deadline;
        this.threads = threads;
        this.progress = progress;
        this.secondsShare = secondsShare;
        this.steps = steps;
        this.constraints = constraints;
    }

    /** One thread, no deadline, no listener, no wish about time or steps, no constraints. */
    public static FitContext of(Metric metric, long seed) {
        return new FitContext(
                metric, seed, Deadline.never(), 1, FitProgress.NONE, Double.POSITIVE_INFINITY, 0, Constraints.none());
    }

    public FitContext withSeed(long given) {
        return new FitContext(metric, given, deadline, threads, progress, secondsShare, steps, constraints);
    }

    public FitContext withDeadline(Deadline given) {
        return new FitContext(metric, seed, given, threads, progress, secondsShare, steps, constraints);
    }

    public FitContext withThreads(int given) {
        return new FitContext(metric, seed, deadline, given, progress, secondsShare, steps, constraints);
    }

    public FitContext withProgress(FitProgress given) {
        return new FitContext(metric, seed, deadline, threads, given, secondsShare, steps, constraints);
    }

    public FitContext withSecondsShare(double given) {
        return new FitContext(metric, seed, deadline, threads, progress, given, steps, constraints);
    }

    public FitContext withSteps(int given) {
        return new FitContext(metric, seed, deadline, threads, progress, secondsShare, given, constraints);
    }

    public FitContext withConstraints(Constraints given) {
        return new FitContext(metric, seed, deadline, threads, progress, secondsShare, steps, given);
    }

    /** Decides early stopping. */
    public Metric metric() {
        return metric;
    }

    /** The only source of randomness. */
    public long seed() {
        return seed;
    }

    /**
     * Asked after every round, epoch or few thousand rows. When it is over, an iterative family returns what it has
     * learned so far if that is usable, else it throws {@code DeadlineExceededException}.
     */
    public Deadline deadline() {
        return deadline;
    }

    public int threads() {
        return threads;
    }

    public FitProgress progress() {
        return progress;
    }

    /** Seconds that this fit should take; infinite where nobody minds (trial budgets). */
    public double secondsShare() {
        return secondsShare;
    }

    /** The deadline, or the end of {@link #secondsShare()} from now on, whichever comes first. */
    public Deadline deadlineOfShare() {
        return secondsShare < LARGEST_SHARE ? deadline.atMost(Duration.ofNanos((long) (secondsShare * 1e9))) : deadline;
    }

    /** Number of rounds or epochs to train, or 0 for the family's own choice with early stopping on the validation rows. */
    public int steps() {
        return steps;
    }

    /** What the model must keep to; none unless the family {@linkplain ModelFamily#obeys obeys} them. */
    public Constraints constraints() {
        return constraints;
    }
}
