package org.autotuner.optimize;

import org.autotuner.space.SearchSpace;

/** Proposes configurations. Immutable; a fresh session fed the same history proposes the same. */
public interface Optimizer {

    /** Name by which it is chosen, in lower case. */
    String name();

    OptimizerSession open(SearchSpace space, long seed);

    /**
     * This optimizer for studies that try good starting points first; itself unless it makes something of that.
     *
     * @param count number of starting points, at least 0
     */
    default Optimizer afterStartingPoints(int count) {
        return this;
    }

    /**
     * This optimizer for a budget of time alone; itself unless it minds what trials cost.
     *
     * @param total seconds that all trials may take together; above 0
     */
    default Optimizer withinSeconds(double total) {
        return this;
    }
}
