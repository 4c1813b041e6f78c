package org.autotuner.optimize;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.autotuner.space.Configuration;

/** Keeps proposals of a finite space from being repeated before all of it is tried. */
final class Untried {

    private static final int DRAWS = 200;
    private static final long LISTED = 20_000;

    private final Encoding encoding;
    private final long cardinality;
    private final long seed;

    Untried(Encoding encoding, long seed) {
        this.encoding = encoding;
        this.cardinality = encoding.space().cardinality();
        this.seed = seed;
    }

    boolean isFinite() {
        return cardinality > 0;
    }

    /**
     * The wanted configuration, and if it was tried an untried one that differs from it in few parameters, else any.
     *
     * @return empty if all of the space was tried
     */
    Optional<Configuration> orNearby(double[] wanted, int number, Observations observations) {
        Configuration first = encoding.decode(wanted);
        if (!isFinite() || !observations.isTried(first)) {
            return Optional.of(first);
        }
        SplittableRandom random = Random.of(seed, number);
        for (int i = 0; i < DRAWS; i++) {
            double share = 0.1 + 0.9 * i / DRAWS;
            Configuration drawn = encoding.decode(encoding.walk(dimension -> {
                double old = wanted[dimension.index()];
                return Double.isNaN(old) || random.nextDouble() < share ? random.nextDouble() : old;
            }));
            if (!observations.isTried(drawn)) {
                return Optional.of(drawn);
            }
        }
        return cardinality > LISTED ? Optional.of(first) : fromList(random, observations);
    }

    private Optional<Configuration> fromList(SplittableRandom random, Observations observations) {
        Grid grid = new Grid(encoding.space(), parameter -> Integer.MAX_VALUE);
        List<Configuration> left = new ArrayList<>();
        for (long i = 0; i < cardinality; i++) {
            Configuration point = grid.point(encoding.space(), BigInteger.valueOf(i));
            if (!observations.isTried(point)) {
                left.add(point);
            }
        }
        return left.isEmpty() ? Optional.empty() : Optional.of(left.get(random.nextInt(left.size())));
    }
}
