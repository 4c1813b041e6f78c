package org.autotuner.train;

import ai.djl.ndarray.NDArray;
import java.util.function.Supplier;

/**
 * Records the operations of one engine and differentiates them. Found by {@code ServiceLoader}: an engine without a tape of
 * its own is served by DJL's gradient collector, of which only one may record at a time, so that trainings wait for each
 * other there. Thread-safe; what a tape sets for its thread, such as the number of engine threads, it puts back.
 */
public interface GradientTape {

    /** The name that DJL gives the engine, such as {@code PyTorch}. */
    String engine();

    /**
     * Computes a scalar with recording on, then adds its gradient to each array it came from that requires one. What else
     * this thread computes is not recorded.
     *
     * @return the scalar
     * @throws IllegalStateException if code of others is recording and this tape cannot wait for it
     */
    NDArray differentiate(Supplier<NDArray> computation);

    /** Computes without recording: updates of weights, predictions. May hold calls of {@link #differentiate}. */
    <T> T compute(Supplier<T> computation);
}
