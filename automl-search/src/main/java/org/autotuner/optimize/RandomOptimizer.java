package org.autotuner.optimize;

import java.util.Optional;
import java.util.SplittableRandom;
import org.autotuner.space.SearchSpace;

/**
 * Draws every parameter from its prior, independently (Bergstra, Bengio: Random Search for Hyper-Parameter
 * Optimization, JMLR 13, 2012). The proposal of a trial depends on the seed and the trial's number alone.
 */
public final class RandomOptimizer implements Optimizer {

    @Override
    public String name() {
        return "random";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        return (number, history) ->
                Optional.of(space.sample(new SplittableRandom(seed ^ (0x9E3779B97F4A7C15L * (number + 1L)))));
    }
}
