package org.autotuner.execute;

import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.autotuner.budget.Deadline;
import org.autotuner.model.Derivations;

/** What the trials of a study derive from the rows of a fold under one preparation. Thread-safe. */
final class KeptDerivations implements Derivations {

    private record Kept(Object value, long bytes) {}

    private final OnceCache<Object, Kept> values;
    private final long seed;

    /**
     * Nothing yet.
     *
     * @param seed of the rows
     * @param grown called after a value has been added
     */
    KeptDerivations(long seed, Runnable grown) {
        this.seed = seed;
        this.values = new OnceCache<>(Kept::bytes, grown);
    }

    @Override
    public <T> T get(Class<T> type, Object key, Deadline deadline, Supplier<T> make, ToLongFunction<T> bytes) {
        Kept kept = values.get(key, deadline, () -> {
            T made = make.get();
            return new Kept(made, bytes.applyAsLong(made));
        });
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
