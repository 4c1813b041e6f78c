package org.autotuner.models.torch;

import org.autotuner.model.CostEstimate;
import org.autotuner.train.TorchLibrary;

/**
 * Whether the engine runs, as a family knows it: its start takes seconds and cannot be interrupted, which is part of the cost of
 * the first fit. Changes no result. Thread-safe.
 */
public final class EngineStart {

    private static final double START_SECONDS = 1.5;
    private static final double UNPACK_SECONDS = 8;

    private volatile boolean isOver;

    /** The cost of a fit of so many seconds, with the engine's start until {@link #over()} is told. */
    public CostEstimate cost(double seconds, long bytes) {
        if (isOver) {
            return new CostEstimate(seconds, bytes, true);
        }
        double start = TorchLibrary.here().isUnpacked() ? START_SECONDS : UNPACK_SECONDS;
        return new CostEstimate(start + Math.min(1, seconds), bytes, false);
    }

    /** A fit has succeeded. */
    public void over() {
        isOver = true;
    }
}
