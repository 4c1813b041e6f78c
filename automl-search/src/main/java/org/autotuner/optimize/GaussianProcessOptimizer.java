package org.autotuner.optimize;

import java.util.Optional;
import java.util.SplittableRandom;
import org.autotuner.optimize.ProcessSearch.Aim;
import org.autotuner.space.SearchSpace;

/**
 * Gaussian process.
 */
public final class GaussianProcessOptimizer implements Optimizer {

    @Override
    public String name() {
        return "gp";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        Encoding encoding = new Encoding(space);
        Observations observations = new Observations(encoding);
        SpaceFilling filling = new SpaceFilling(encoding, seed);
        Untried untried = new Untried(encoding, seed);
        ProcessSearch process = new ProcessSearch(encoding, untried);
        return (number, history) -> {
            observations.learn(history);
            double[] found = null;
            if (process.isReady(observations)) {
                SplittableRandom random = Random.of(seed, number);
                process.learn(observations);
                Aim aim = process.isNoisy() && number % 2 == 1 ? Aim.LEADER : Aim.ANYWHERE;
                found = process.propose(aim, observations, random);
            }
            return untried.orNearby(found == null ? filling.point(number) : found, number, observations);
        };
    }
}
