package org.autotuner.execute;

import org.autotuner.budget.Deadline;
import org.autotuner.data.Table;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.Prepared;
import org.autotuner.split.Fold;

/**
 * Prepares each fold once per preparation and shares it between trials, together with what these derive from its rows;
 * forgets the least recently used ones beyond its size. Thread-safe: two threads that ask for the same fold compute it once.
 */
public final class FoldCache {

    private record Key(String preparation, int fold) {}

    private final StudyData data;
    private final long limitBytes;
    private final OnceCache<Key, PreparedFold> folds = new OnceCache<>(PreparedFold::bytes, this::shrink);

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
        return folds.get(new Key(preparation.id(), fold), deadline, () -> prepare(preparation, fold, deadline));
    }

    /** Forgets everything. */
    public void clear() {
        folds.clear();
    }

    private void shrink() {
        folds.shrinkTo(limitBytes);
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
                held,
                new KeptDerivations(seed, this::shrink));
        return new PreparedFold(prepared.preparation(), training);
    }
}
