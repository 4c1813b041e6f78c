package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Runs the parts of a piece of work side by side, one of them in the thread that asks. Used by one thread. */
final class Workers implements AutoCloseable {

    private final int threads;
    private final @Nullable ExecutorService others;

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
            running.add(Objects.requireNonNull(others).submit(() -> part.accept(number)));
        }
        part.accept(0);
        boolean isInterrupted = false;
        for (Future<?> one : running) {
            isInterrupted |= await(one);
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits even if interrupted, since the parts write to what the caller goes on with; tells whether it was. */
    private static boolean await(Future<?> one) {
        boolean isInterrupted = false;
        while (true) {
            try {
                one.get();
                return isInterrupted;
            } catch (ExecutionException e) {
                throw new IllegalStateException("A part failed: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                isInterrupted = true;
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
