package org.autotuner.optimize;

import java.util.SplittableRandom;

/** Random numbers of a proposal, from the seed and the trial's number alone. */
final class Random {

    private Random() {}

    static SplittableRandom of(long seed, int number) {
        return new SplittableRandom(seed ^ (0x9E3779B97F4A7C15L * (number + 1L)));
    }
}
