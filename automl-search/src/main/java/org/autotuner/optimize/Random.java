package org.autotuner.optimize;

import java.util.SplittableRandom;

/** Random numbers of a proposal, from the seed and the trial's number alone. */
final class Random {

    private Random() {}

    /**
     * A generator of its own for each trial. The seed and the number are mixed before, since the generators of a
     * SplittableRandom whose seeds differ by its own increment give one and the same sequence, shifted.
     */
    static SplittableRandom of(long seed, int number) {
        return new SplittableRandom(mix(mix(seed) + number));
    }

    /** SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014). */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
