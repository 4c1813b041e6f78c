package org.autotuner.optimize;

import java.util.Optional;
import java.util.SplittableRandom;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;

/**
 * Draws every parameter from its prior, independently (Bergstra, Bengio: Random Search for Hyper-Parameter
 * Optimization, JMLR 13, 2012). The proposal of a trial depends on the seed and the trial's number alone, but for finite
 * spaces, where no configuration of the history is proposed again.
 */
public final class RandomOptimizer implements Optimizer {

    private static final int DRAWS = 200;

    @Override
    public String name() {
        return "random";
    }

    @Override
    public OptimizerSession open(SearchSpace space, long seed) {
        long cardinality = space.cardinality();
        Tried tried = new Tried();
        return (number, history) -> {
            SplittableRandom random = Random.of(seed, number);
            if (cardinality == 0) {
                return Optional.of(space.sample(random));
            }
            tried.learn(history);
            return untried(space, cardinality, tried, random);
        };
    }

    /** By rejection, and where that finds nothing from all that is left. */
    private static Optional<Configuration> untried(
            SearchSpace space, long cardinality, Tried tried, SplittableRandom random) {
        for (int i = 0; i < DRAWS; i++) {
            Configuration drawn = space.generate(parameter -> parameter.fromUnit(random.nextDouble()));
            if (space.fulfils(drawn) && !tried.contains(drawn)) {
                return Optional.of(drawn);
            }
        }
        return Remaining.draw(space, cardinality, tried::contains, random);
    }
}
