package org.autotuner.model;

import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.autotuner.budget.Deadline;

/**
 * What fits derive from their training rows and may share with other fits on the same rows, such as sorted columns: computed
 * once where rows are kept for several fits, as the folds of a study are. Thread-safe.
 */
public interface Derivations {

    /** Keeps nothing: each fit derives by itself. */
    Derivations NONE = new Derivations() {
        @Override
        public <T> T get(Class<T> type, Object key, Deadline deadline, Supplier<T> make, ToLongFunction<T> bytes) {
            return make.get();
        }

        @Override
        public long seed(long ofFit) {
            return ofFit;
        }

        @Override
        public long bytes() {
            return 0;
        }
    };

    /**
     * What was derived under this key, or else is now.
     *
     * @param key with {@code equals} and {@code hashCode}; tells everything that the value depends on besides the training rows
     *     and {@link #seed}, so never the fit's own seed
     * @param deadline of this fit, asked while another fit computes the value
     * @param make gives an immutable value
     * @param bytes rough heap size of the value
     * @throws org.autotuner.budget.DeadlineExceededException if the time is up before it is ready
     */
    <T> T get(Class<T> type, Object key, Deadline deadline, Supplier<T> make, ToLongFunction<T> bytes);

    /** What chance in derived values depends on: where they are kept the rows alone, whichever fit comes first. */
    long seed(long ofFit);

    /** Rough heap size of what is kept. */
    long bytes();
}
