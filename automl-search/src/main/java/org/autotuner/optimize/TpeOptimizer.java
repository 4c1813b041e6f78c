package org.autotuner.optimize;

import org.autotuner.space.SearchSpace;

/**
 * Tree-structured Parzen estimator (Bergstra and others: Algorithms for Hyper-Parameter Optimization, NeurIPS 2011),
 * multivariate over the active conditional path (Falkner, Klein, Hutter: BOHB, ICML 2018; Watanabe: Tree-Structured
 * Parzen Estimator, arXiv 2304.11127): one density of the good trials and one of the bad ones, each a mixture of
 * kernels that are products over whole paths of the tree, so that a choice is drawn together with its children.
 * Departures: good trials weigh by rank, widths follow the spread of the good trials in each dimension, the start fills
 * the space, running trials are bad ones, failed ones too if they tell of places ({@link Failures}), and a choice that owns
 * parameters is drawn by Thompson sampling ({@link Branch}), after which good and bad are told apart within its branch. Immutable and thread-safe.
 */
public final class TpeOptimizer implements Optimizer {

    @Override
    public String name() {
        return "tpe";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        return VectorSession.open(space, seed, parts -> {
            Observations observations = parts.observations();
            ParzenSearch parzen = new ParzenSearch(parts.encoding(), parts.untried());
            return (number, history) ->
                    parzen.isReady(observations) ? parzen.propose(observations, Random.of(seed, number)) : null;
        });
    }
}
