package org.autotuner.budget;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the caller grants for one fit or search, and limits on the delivered model. Immutable and thread-safe; each
 * {@code withX} returns a changed copy. At least one of time and trials is always set.
 */
public final class Budget {

    private final @Nullable Duration time;
    private final int trials;
    private final int threads;
    private final int memoryMegabytes;
    private final @Nullable Duration latency;
    private final long modelBytes;

    private Budget(
            @Nullable Duration time,
            int trials,
            int threads,
            int memoryMegabytes,
            @Nullable Duration latency,
            long modelBytes) {
        this.time = time;
        this.trials = trials;
        this.threads = threads;
        this.memoryMegabytes = memoryMegabytes;
        this.latency = latency;
        this.modelBytes = modelBytes;
    }

    /** Wall-clock time; the work returns by this limit plus the larger of 10 % and one second. */
    public static Budget of(Duration time) {
        return new Budget(positive(time, "time"), 0, 0, 0, null, 0);
    }

    public static Budget ofSeconds(long seconds) {
        return of(Duration.ofSeconds(seconds));
    }

    public static Budget ofMinutes(long minutes) {
        return of(Duration.ofMinutes(minutes));
    }

    /** A number of trials instead of time: equal seed, trials and threads give bit-equal results. */
    public static Budget ofTrials(int trials) {
        return new Budget(null, atLeastOne(trials, "trials"), 0, 0, null, 0);
    }

    /** Adds a limit on wall-clock time. */
    public Budget withTime(Duration limit) {
        return new Budget(positive(limit, "time"), trials, threads, memoryMegabytes, latency, modelBytes);
    }

    /** Adds a limit on the number of trials; beside a limit on time, the trials are sized so that about so many fit into it. */
    public Budget withTrials(int limit) {
        return new Budget(time, atLeastOne(limit, "trials"), threads, memoryMegabytes, latency, modelBytes);
    }

    /** Largest number of trials' folds trained at the same time; default: the processors of the machine. */
    public Budget withThreads(int limit) {
        return new Budget(time, trials, atLeastOne(limit, "threads"), memoryMegabytes, latency, modelBytes);
    }

    /** Heap and native growth together, in units of 1,048,576 bytes; default: what the heap allows. */
    public Budget withMemoryMegabytes(int limit) {
        return new Budget(time, trials, threads, atLeastOne(limit, "memoryMegabytes"), latency, modelBytes);
    }

    /** Longest median time that the delivered model may take for one row. */
    public Budget withLatency(Duration perRow) {
        return new Budget(time, trials, threads, memoryMegabytes, positive(perRow, "latency"), modelBytes);
    }

    /** Largest size of the saved model, in bytes. */
    public Budget withModelBytes(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("modelBytes must be at least 1, but was %d.".formatted(limit));
        }
        return new Budget(time, trials, threads, memoryMegabytes, latency, limit);
    }

    public Optional<Duration> time() {
        return Optional.ofNullable(time);
    }

    public OptionalInt trials() {
        return trials == 0 ? OptionalInt.empty() : OptionalInt.of(trials);
    }

    /** Number of worker threads: the granted number, or the processors of the machine. */
    public int threads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    public OptionalInt memoryMegabytes() {
        return memoryMegabytes == 0 ? OptionalInt.empty() : OptionalInt.of(memoryMegabytes);
    }

    public Optional<Duration> latency() {
        return Optional.ofNullable(latency);
    }

    public OptionalLong modelBytes() {
        return modelBytes == 0 ? OptionalLong.empty() : OptionalLong.of(modelBytes);
    }

    private static Duration positive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("%s must be positive, but was %s.".formatted(name, value));
        }
        return value;
    }

    private static int atLeastOne(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, but was %d.".formatted(name, value));
        }
        return value;
    }
}
