package org.autotuner.execute;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.autotuner.budget.Deadline;

/** Daemon threads of this process. */
public final class LocalExecutor implements TrialExecutor {

    private final TrialRunner runner;
    private final Deadline deadline;
    private final int workers;
    private final ExecutorService threads;
    private final BlockingQueue<FoldOutcome> outcomes = new LinkedBlockingQueue<>();

    /**
     * Starts with idle threads.
     *
     * @param deadline of the study; running fits ask it
     */
    public LocalExecutor(TrialRunner runner, Deadline deadline, int workers) {
        this.runner = runner;
        this.deadline = deadline;
        this.workers = workers;
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(workers, task -> {
            Thread thread = new Thread(task, "autotuner-worker-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void submit(FoldTask task) {
        threads.execute(() -> {
            FoldOutcome outcome =
                    new FoldOutcome.Failed(task, "the worker ended by an error of the virtual machine", 0);
            try {
                outcome = runner.run(task, deadline);
            } finally {
                outcomes.add(outcome);
            }
        });
    }

    @Override
    public Optional<FoldOutcome> poll(Duration timeout) {
        try {
            return Optional.ofNullable(outcomes.poll(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
