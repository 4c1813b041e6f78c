package org.autotuner.execute;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;

/**
 * Values by key, each computed once, also where several threads ask for it at a time; the least recently used ones are
 * forgotten first. Thread-safe.
 */
final class OnceCache<K, V> {

    private final ToLongFunction<V> size;
    private final Runnable grown;
    private final Map<K, CompletableFuture<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * An empty cache.
     *
     * @param size of a value in bytes, which may grow
     * @param grown called after a value has been added
     */
    OnceCache(ToLongFunction<V> size, Runnable grown) {
        this.size = size;
        this.grown = grown;
    }

    /**
     * The value of a key.
     *
     * @param make fails or ends early for this caller alone: another that waits for the value computes it itself
     * @throws DeadlineExceededException if the time is up, or the thread interrupted, while another computes it
     */
    V get(K key, Deadline deadline, Supplier<V> make) {
        while (true) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            CompletableFuture<V> entry;
            synchronized (entries) {
                entry = entries.computeIfAbsent(key, absent -> mine);
            }
            if (entry == mine) {
                return compute(key, mine, make);
            }
            try {
                return entry.get();
            } catch (ExecutionException | CompletionException | CancellationException e) {
                deadline.check(); // the thread that computed it failed, perhaps by its own deadline: try it here
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DeadlineExceededException("Interrupted.");
            }
        }
    }

    private V compute(K key, CompletableFuture<V> entry, Supplier<V> make) {
        try {
            V made = make.get();
            entry.complete(made);
            grown.run();
            return made;
        } catch (RuntimeException | Error e) {
            synchronized (entries) {
                entries.remove(key, entry);
            }
            entry.completeExceptionally(e);
            throw e;
        }
    }

    /** Size of all values. */
    long bytes() {
        synchronized (entries) {
            return entries.values().stream().mapToLong(this::sizeOf).sum();
        }
    }

    /** Forgets values until the others take no more than this. */
    void shrinkTo(long limit) {
        synchronized (entries) {
            long total = bytes();
            Iterator<CompletableFuture<V>> oldest = entries.values().iterator();
            while (total > limit && oldest.hasNext()) {
                long freed = sizeOf(oldest.next());
                if (freed > 0) {
                    oldest.remove();
                    total -= freed;
                }
            }
        }
    }

    void clear() {
        synchronized (entries) {
            entries.clear();
        }
    }

    private long sizeOf(CompletableFuture<V> entry) {
        return entry.isDone() && !entry.isCompletedExceptionally() ? size.applyAsLong(entry.join()) : 0;
    }
}
