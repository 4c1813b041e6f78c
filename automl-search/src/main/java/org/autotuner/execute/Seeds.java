package org.autotuner.execute;

/** Seeds that depend on what is computed, never on when or by which thread. */
public final class Seeds {

    private Seeds() {}

    /** A seed from a master seed and some numbers; mixed by the finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    public static long of(long master, long... parts) {
        long state = mix(master + 0x9E3779B97F4A7C15L);
        for (long part : parts) {
            state = mix(state * 31 + part + 0x9E3779B97F4A7C15L);
        }
        return state;
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
