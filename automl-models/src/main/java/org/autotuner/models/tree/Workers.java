package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Runs the parts of a piece of work side by side, one of them in the thread that asks. Used by one thread. */
final class Workers implements AutoCloseable {

    private final int threads;
    private final ExecutorService others;

    Workers(int threads) {
        this.threads = threads;
        this.others = threads < 2
                ? null
                : Executors.newFixedThreadPool(threads - 1, work -> {
                    Thread thread = new Thread(work, "autotuner-trees");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    int threads() {
        return threads;
    }

    /** Runs the parts 0..parts-1, at most {@link #threads()}, and returns when all have ended. */
    void run(int parts, IntConsumer part) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 1; i < parts; i++) {
            int number = i;
            running.add(others.submit(() -> part.accept(number)));
        }
        part.accept(0);
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("A part failed: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        if (others != null) {
            others.shutdownNow();
        }
    }
}
