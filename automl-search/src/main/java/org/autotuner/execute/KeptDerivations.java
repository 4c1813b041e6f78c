package org.autotuner.execute;

import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.autotuner.budget.Deadline;
import org.autotuner.model.Derivations;

/** What the trials of a study derive from the rows of a fold under one preparation. Thread-safe. */
final class KeptDerivations implements Derivations {

    private record Kept(Object value, long bytes) {}

    private final OnceCache<Object, Kept> values = new OnceCache<>(Kept::bytes);
    private final long seed;
    private final Runnable grown;

    /**
     * Nothing yet.
     *
     * @param seed of the rows
     * @param grown called after a value has been added
     */
    KeptDerivations(long seed, Runnable grown) {
        this.seed = seed;
        this.grown = grown;
    }

    @Override
    public <T> T get(Class<T> type, Object key, Deadline deadline, Supplier<T> make, ToLongFunction<T> bytes) {
        boolean[] isNew = {false};
        Kept kept = values.get(key, deadline, () -> {
            T made = make.get();
            isNew[0] = true;
            return new Kept(made, bytes.applyAsLong(made));
        });
        if (isNew[0]) {
            grown.run();
        }
        return type.cast(kept.value());
    }

    @Override
    public long seed(long ofFit) {
        return seed;
    }

    @Override
    public long bytes() {
        return values.bytes();
    }
}
