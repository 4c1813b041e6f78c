package org.autotuner;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.autotuner.budget.Cancellation;
import org.autotuner.error.BudgetException;
import org.autotuner.model.AutoModel;
import org.autotuner.plan.FitReport;
import org.autotuner.plan.TableSearch;

/** Handle of a fit that runs in the background. Thread-safe. */
public final class FitJob {

    private final TableSearch search;
    private final Cancellation cancellation;
    private final CompletableFuture<AutoModel> result = new CompletableFuture<>();

    private FitJob(TableSearch search, Cancellation cancellation) {
        this.search = search;
        this.cancellation = cancellation;
    }

    static FitJob start(TableSearch search, Cancellation cancellation) {
        FitJob job = new FitJob(search, cancellation);
        Thread coordinator = new Thread(job::run, "autotuner-coordinator");
        coordinator.setDaemon(true);
        coordinator.start();
        return job;
    }

    /**
     * Waits for the delivered model. If the waiting thread is interrupted, the fit is cancelled, the flag stays set and
     * the best model so far is returned.
     *
     * @throws org.autotuner.error.AutoMlException as {@code AutoTuner.fit} would
     */
    public AutoModel await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    cancel();
                } catch (ExecutionException e) {
                    throw unwrapped(Objects.requireNonNullElse(e.getCause(), e));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Asks the fit to end with the best so far; it does within a second. Idempotent. */
    public void cancel() {
        cancellation.cancel();
    }

    /** A model of the best finished trial so far; empty before the first one. */
    public Optional<AutoModel> bestSoFar() {
        return result.isDone() && !result.isCompletedExceptionally() ? Optional.of(result.join()) : search.bestSoFar();
    }

    public boolean isDone() {
        return result.isDone();
    }

    /**
     * How the fit went.
     *
     * @throws IllegalStateException while it is running
     */
    public FitReport report() {
        if (!result.isDone()) {
            throw new IllegalStateException("The fit is still running: call await() first.");
        }
        try {
            result.join();
        } catch (CompletionException e) {
            throw unwrapped(Objects.requireNonNullElse(e.getCause(), e));
        }
        return search.report();
    }

    private void run() {
        try {
            result.complete(search.run());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private static RuntimeException unwrapped(Throwable cause) {
        if (cause instanceof RuntimeException exception) {
            return exception;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new BudgetException("The fit ended unexpectedly: " + cause, cause);
    }
}
