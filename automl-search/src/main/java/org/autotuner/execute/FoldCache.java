package org.autotuner.execute;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Table;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.Prepared;
import org.autotuner.split.Fold;

/**
 * Prepares each fold once per preparation and shares it between trials; forgets the least recently used ones beyond
 * its size. Thread-safe: two threads that ask for the same fold compute it once.
 */
public final class FoldCache {

    private record Key(String preparation, int fold) {}

    private final StudyData data;
    private final long limitBytes;
    private final Map<Key, CompletableFuture<PreparedFold>> entries = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * An empty cache.
     *
     * @param limitBytes rough heap size of what is kept; what is in use may exceed it
     */
    public FoldCache(StudyData data, long limitBytes) {
        this.data = data;
        this.limitBytes = limitBytes;
    }

    /**
     * The fold under this preparation.
     *
     * @throws org.autotuner.budget.DeadlineExceededException if the time is up before it is ready
     */
    public PreparedFold get(Preparation preparation, int fold, Deadline deadline) {
        Key key = new Key(preparation.id(), fold);
        while (true) {
            CompletableFuture<PreparedFold> mine = new CompletableFuture<>();
            CompletableFuture<PreparedFold> entry;
            synchronized (entries) {
                entry = entries.computeIfAbsent(key, absent -> mine);
            }
            if (entry == mine) {
                return compute(key, mine, preparation, deadline);
            }
            try {
                return entry.get();
            } catch (ExecutionException | CompletionException | CancellationException e) {
                deadline.check(); // the thread that computed it failed, perhaps by its own deadline: try it here
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new org.autotuner.budget.DeadlineExceededException("Interrupted.");
            }
        }
    }

    /** Forgets everything. */
    public void clear() {
        synchronized (entries) {
            entries.clear();
        }
    }

    private PreparedFold compute(
            Key key, CompletableFuture<PreparedFold> entry, Preparation preparation, Deadline deadline) {
        try {
            PreparedFold prepared = prepare(preparation, key.fold(), deadline);
            entry.complete(prepared);
            evict();
            return prepared;
        } catch (RuntimeException | Error e) {
            synchronized (entries) {
                entries.remove(key, entry);
            }
            entry.completeExceptionally(e);
            throw e;
        }
    }

    private PreparedFold prepare(Preparation preparation, int number, Deadline deadline) {
        Fold fold = data.folds().get(number);
        int[] train = fold.train();
        int[] validation = fold.validation();
        long seed = Seeds.of(data.seed(), -1, number, preparation.id().hashCode());
        Table rows = data.features().rows(train);
        Prepared prepared = preparation.fit(
                rows,
                data.target().select(train),
                data.weights().select(train),
                new PrepareContext(data.task(), seed, deadline));
        deadline.check();
        TrainingData held = new TrainingData(
                data.task(),
                prepared.preparation().transform(data.features().rows(validation)),
                data.target().select(validation),
                data.weights().select(validation),
                null);
        TrainingData training = new TrainingData(
                data.task(),
                prepared.features(),
                data.target().select(train),
                data.weights().select(train),
                held);
        return new PreparedFold(prepared.preparation(), training);
    }

    private void evict() {
        synchronized (entries) {
            long total = 0;
            for (CompletableFuture<PreparedFold> entry : entries.values()) {
                total += sizeOf(entry);
            }
            Iterator<CompletableFuture<PreparedFold>> oldest = entries.values().iterator();
            while (total > limitBytes && oldest.hasNext()) {
                long size = sizeOf(oldest.next());
                if (size > 0) {
                    oldest.remove();
                    total -= size;
                }
            }
        }
    }

    private static long sizeOf(CompletableFuture<PreparedFold> entry) {
        return entry.isDone() && !entry.isCompletedExceptionally()
                ? entry.join().bytes()
                : 0;
    }
}
