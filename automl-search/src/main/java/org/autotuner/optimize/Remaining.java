package org.autotuner.optimize;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;

/** What is left of a space, for when draws find nothing new. */
final class Remaining {

    private static final long LISTED = 20_000;
    private static final long WALKED = 1_000_000;

    private Remaining() {}

    /**
     * A configuration that fulfils the conditions and was not tried: of a small space any with equal chance, of a larger
     * one the next from a random place on. Of an infinite or very large space a draw that may have been tried.
     *
     * @return empty if all of the space was tried
     */
    static Optional<Configuration> draw(
            SearchSpace space, long cardinality, Predicate<Configuration> isTried, SplittableRandom random) {
        if (cardinality == 0 || cardinality > WALKED) {
            return Optional.of(space.sample(random));
        }
        Grid grid = new Grid(space, parameter -> Integer.MAX_VALUE);
        long start = cardinality <= LISTED ? 0 : random.nextLong(cardinality);
        List<Configuration> left = new ArrayList<>();
        for (long i = 0; i < cardinality; i++) {
            Configuration point = grid.point(space, BigInteger.valueOf((start + i) % cardinality));
            if (space.fulfils(point) && !isTried.test(point)) {
                if (cardinality > LISTED) {
                    return Optional.of(point);
                }
                left.add(point);
            }
        }
        return left.isEmpty() ? Optional.empty() : Optional.of(left.get(random.nextInt(left.size())));
    }
}
