package org.autotuner.optimize;

import org.autotuner.space.SearchSpace;

/**
 * Covariance matrix adaptation (Hansen: The CMA Evolution Strategy, a Tutorial, arXiv 1604.00772) after a space-filling
 * start. Good on ill-conditioned smooth functions of many trials; categories are adapted beside the numbers. Parameters
 * that are not active keep their part of the distribution.
 */
public final class CmaEsOptimizer implements Optimizer {

    @Override
    public String name() {
        return "cma-es";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        Encoding encoding = new Encoding(space);
        Observations observations = new Observations(encoding);
        SpaceFilling filling = new SpaceFilling(encoding, seed);
        Untried untried = new Untried(encoding, seed);
        CmaEs cmaEs = new CmaEs(encoding, seed, CmaEsState.offspring(encoding.size()));
        return (number, history) -> {
            observations.learn(history);
            double[] drawn = cmaEs.propose(number, observations);
            return untried.orNearby(drawn == null ? filling.point(number) : drawn, number, observations);
        };
    }
}
