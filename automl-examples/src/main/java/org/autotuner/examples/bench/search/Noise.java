package org.autotuner.examples.bench.search;

/** Standard normal noise, and lots, as a function of seed and trial, so that every sampler meets the same. */
final class Noise {

    private static final double UNIT = 0x1.0p-53;

    private Noise() {}

    /** By Box and Muller from two numbers of SplitMix64. */
    static double of(long seed, int trial) {
        long s = seed * 1000003L + trial;
        double u1 = (mix(2 * s) >>> 11) * UNIT;
        double u2 = (mix(2 * s + 1) >>> 11) * UNIT;
        return Math.sqrt(-2 * Math.log(1 - u1)) * Math.cos(2 * Math.PI * u2);
    }

    /** Uniform in 0..1, independent of the noise of the same trial. */
    static double lot(long seed, int trial) {
        return (mix(mix(seed) + trial) >>> 11) * UNIT;
    }

    static long mix(long x) {
        long z = x + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
