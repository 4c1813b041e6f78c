package org.autotuner.optimize;

import org.autotuner.space.SearchSpace;

/** Proposes configurations. Immutable; a fresh session fed the same history proposes the same. */
public interface Optimizer {

    /** Name by which it is chosen, in lower case. */
    String name();

    OptimizerSession open(SearchSpace space, long seed);
}
