package org.autotuner.plan;

import java.util.Optional;
import org.autotuner.budget.MemoryGuard;

/** Refuses trials that would not fit into the granted memory. */
final class MemoryLimit {

    private final MemoryGuard guard;
    private final boolean isActive;

    /**
     * A limit.
     *
     * @param isActive false in a pure trial budget, whose outcome may not depend on how full the heap happens to be
     */
    MemoryLimit(MemoryGuard guard, boolean isActive) {
        this.guard = guard;
        this.isActive = isActive;
    }

    /**
     * Why a fit of this size must not start beside the running ones, or empty if it may.
     *
     * @param bytes estimate of one fit, heap and native memory together
     */
    Optional<String> refuses(long bytes, int running) {
        long headroom = guard.headroomBytes();
        if (!isActive || bytes <= headroom) {
            return Optional.empty();
        }
        return Optional.of("one fit would take about %,d MB beside %d running ones, but %,d MB of memory are left"
                .formatted(bytes >> 20, running, Math.max(0, headroom) >> 20));
    }
}
