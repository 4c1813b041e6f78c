package org.autotuner.optimize;

import java.util.Optional;
import java.util.SplittableRandom;
import org.autotuner.space.Configuration;

/**
 * What every proposal passes: it must fulfil the conditions of the space, and in a finite space not be repeated before
 * all of it is tried.
 */
final class Untried {

    private static final int DRAWS = 200;

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

    /** Whether a vector may be proposed. */
    boolean isOpen(double[] vector, Observations observations) {
        return !(isFinite() || encoding.space().isConditioned()) || isOpen(encoding.decode(vector), observations);
    }

    private boolean isOpen(Configuration configuration, Observations observations) {
        return encoding.space().fulfils(configuration) && !(isFinite() && observations.isTried(configuration));
    }

    /**
     * The wanted configuration, and if it may not be proposed one that may and differs from it in few parameters, or by
     * little where it broke a condition; else any.
     *
     * @return empty if all of the space was tried
     * @throws org.autotuner.error.OptionException if no configuration is found that fulfils the conditions
     */
    Optional<Configuration> orNearby(double[] wanted, int number, Observations observations) {
        Configuration first = encoding.decode(wanted);
        if (isOpen(first, observations)) {
            return Optional.of(first);
        }
        boolean isTried = encoding.space().fulfils(first);
        SplittableRandom random = Random.of(seed, number);
        for (int i = 0; i < DRAWS; i++) {
            double share = 0.1 + 0.9 * i / DRAWS;
            Configuration drawn = encoding.decode(encoding.walk(dimension -> {
                double old = wanted[dimension.index()];
                return isTried || Double.isNaN(old) || dimension.isCategory()
                        ? redrawn(old, share, random)
                        : moved(dimension, old, share, random);
            }));
            if (isOpen(drawn, observations)) {
                return Optional.of(drawn);
            }
        }
        return Remaining.draw(encoding.space(), cardinality, observations::isTried, random);
    }

    private static double redrawn(double old, double share, SplittableRandom random) {
        return Double.isNaN(old) || random.nextDouble() < share ? random.nextDouble() : old;
    }

    /** Ever farther. */
    private static double moved(Dimension dimension, double old, double share, SplittableRandom random) {
        double deviation = Math.max(0.5 * share * share, dimension.halfWidth(old));
        return Math.min(1, Math.max(0, old + deviation * random.nextGaussian()));
    }
}
