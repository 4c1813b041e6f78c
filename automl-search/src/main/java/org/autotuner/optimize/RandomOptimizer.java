package org.autotuner.optimize;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
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
    private static final long LISTED = 20_000;

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

    /** By rejection, and where that finds nothing from the list of all that is left, if the list is not too long. */
    private static Optional<Configuration> untried(
            SearchSpace space, long cardinality, Tried tried, SplittableRandom random) {
        Configuration drawn = space.sample(random);
        for (int i = 1; i < DRAWS && tried.contains(drawn); i++) {
            drawn = space.sample(random);
        }
        if (!tried.contains(drawn) || cardinality > LISTED) {
            return Optional.of(drawn);
        }
        Grid grid = new Grid(space, parameter -> Integer.MAX_VALUE);
        List<Configuration> left = new ArrayList<>();
        for (long i = 0; i < cardinality; i++) {
            Configuration point = grid.point(space, BigInteger.valueOf(i));
            if (!tried.contains(point)) {
                left.add(point);
            }
        }
        return left.isEmpty() ? Optional.empty() : Optional.of(left.get(random.nextInt(left.size())));
    }
}
