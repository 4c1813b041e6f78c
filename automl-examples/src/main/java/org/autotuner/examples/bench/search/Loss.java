package org.autotuner.examples.bench.search;

import org.autotuner.space.Configuration;

/** A noise-free loss; lower is better. Thread-safe. */
@FunctionalInterface
public interface Loss extends AutoCloseable {

    double of(Configuration configuration);

    /** Ends what stands behind it, such as a process. */
    @Override
    default void close() {}
}
