package org.autotuner.optimize;

import org.autotuner.optimize.ProcessSearch.Aim;
import org.autotuner.space.SearchSpace;

/**
 * Bayesian optimisation by a Gaussian process (Jones, Schonlau, Welch: Efficient Global Optimization of Expensive
 * Black-Box Functions, J. Global Optim. 13, 1998) over the whole conditional space, categories and integers included: a
 * space-filling start, then the highest expected improvement, computed in logarithms (Ament and others: Unexpected
 * Improvements to Expected Improvement for Bayesian Optimization, NeurIPS 2023) over values made normal. Running trials
 * count with what is expected of them (the kriging believer of Ginsbourger, Le Riche, Carraro, 2010). Under noise every
 * second proposal is where the posterior mean is lowest, so that leaders are measured again. A proposal costs some
 * milliseconds up to 250 trials, and time in the square of the trials after. Immutable and thread-safe.
 */
public final class GaussianProcessOptimizer implements Optimizer {

    @Override
    public String name() {
        return "gp";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        return VectorSession.open(space, seed, parts -> {
            Observations observations = parts.observations();
            ProcessSearch process = new ProcessSearch(parts.encoding(), parts.untried(), Double.POSITIVE_INFINITY);
            return (number, history) -> {
                if (!process.isReady(observations)) {
                    return null;
                }
                process.learn(observations);
                Aim aim = process.isNoisy() && number % 2 == 1 ? Aim.LEADER : Aim.ANYWHERE;
                return process.propose(aim, observations, Random.of(seed, number));
            };
        });
    }
}
