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
        return VectorSession.open(space, seed, parts -> {
            CmaEs cmaEs = new CmaEs(
                    parts.encoding(),
                    seed,
                    CmaEsState.offspring(parts.encoding().size()));
            return (number, history) -> cmaEs.propose(number, parts.observations());
        });
    }
}
