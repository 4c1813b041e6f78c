package org.autotuner.prepare;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Vectors of one table's texts, shared by all preparations that transform this table. Not thread-safe: one per call. */
public final class SharedVectors {

    private record Key(String encoder, int column) {}

    private final Map<Key, float[]> vectors = new HashMap<>();

    /** What was computed under this key, or else is now. */
    float[] get(String encoder, int column, Supplier<float[]> make) {
        return vectors.computeIfAbsent(new Key(encoder, column), absent -> make.get());
    }
}
