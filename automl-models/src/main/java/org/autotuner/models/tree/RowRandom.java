package org.autotuner.models.tree;

/** Random numbers of rows, which depend on no order of rows: the finalizer of splitmix64 (Steele, Lea and Flood 2014). */
final class RowRandom {

    private RowRandom() {}

    /** 64 random bits of a row. */
    static long bits(long seed, int row) {
        long z = (seed + row) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Uniform of 0 (included) to 1. */
    static double share(long seed, int row) {
        return (bits(seed, row) >>> 11) * 0x1p-53;
    }
}
