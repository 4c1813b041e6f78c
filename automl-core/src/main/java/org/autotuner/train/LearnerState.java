package org.autotuner.train;

import java.util.List;

/**
 * Weights and the optimizer's memory of a learner, as plain arrays.
 *
 * @param arrays in the learner's own order; not copied, not to be changed
 * @param steps optimizer steps done so far
 */
public record LearnerState(List<float[]> arrays, long steps) {

    public LearnerState {
        arrays = List.copyOf(arrays);
    }
}
