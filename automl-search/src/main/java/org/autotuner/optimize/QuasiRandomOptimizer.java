package org.autotuner.optimize;

import java.util.Optional;
import org.autotuner.space.SearchSpace;

/**
 * Fills the space evenly with a scrambled Sobol sequence; see {@link Sobol} for its sources. The proposal of a trial
 * depends on the seed and the trial's number alone, but for finite spaces, where no configuration of the history is
 * proposed again.
 */
public final class QuasiRandomOptimizer implements Optimizer {

    @Override
    public String name() {
        return "sobol";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        Encoding encoding = new Encoding(space);
        Observations observations = new Observations(encoding);
        SpaceFilling filling = new SpaceFilling(encoding, seed);
        Untried untried = new Untried(encoding, seed);
        return (number, history) -> {
            if (!untried.isFinite() && !space.isConditioned()) {
                return Optional.of(encoding.decode(filling.point(number)));
            }
            observations.learn(history);
            return untried.orNearby(filling.point(number), number, observations);
        };
    }
}
