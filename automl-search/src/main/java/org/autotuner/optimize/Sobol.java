package org.autotuner.optimize;

import java.util.SplittableRandom;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * Points of a Sobol sequence with nested uniform scrambling (Sobol 1967, with the direction numbers of Joe and Kuo,
 * SIAM J. Sci. Comput. 30, 2008; Owen: Randomly Permuted (t,m,s)-Nets and (t,s)-Sequences, 1995; the scrambling is the
 * hash of Laine and Karras, 2011, as in Burley: Practical Hash-based Owen Scrambling, JCGT 9, 2020). Any power of two of
 * the first points fills every axis evenly, each interval of that size once. Dimensions beyond {@value #MOST} are
 * independent uniform numbers. A point is a function of the seed and its index alone. Not thread-safe.
 */
final class Sobol {

    private static final int MOST = 1000;
    private static final double TWO_32 = 4294967296.0;

    private final int dimensions;
    private final long seed;
    private final SobolSequenceGenerator generator;

    Sobol(int dimensions, long seed) {
        this.dimensions = dimensions;
        this.seed = seed;
        this.generator = new SobolSequenceGenerator(Math.max(1, Math.min(MOST, dimensions)));
    }

    /** The point of an index from 0 on, each coordinate in 0..1, 1 excluded. */
    double[] point(int index) {
        double[] raw = generator.skipTo(index);
        double[] point = new double[dimensions];
        SplittableRandom beyond = new SplittableRandom(seed + index);
        for (int d = 0; d < dimensions; d++) {
            point[d] = d < MOST ? scrambled((long) (raw[d] * TWO_32), mix(seed + 31L * d)) : beyond.nextDouble();
        }
        return point;
    }

    /** Flips each bit by a hash of those above it. */
    private static double scrambled(long bits, int key) {
        int x = Integer.reverse((int) bits);
        x += key;
        x ^= x * 0x6c50b47c;
        x ^= x * 0xb82f1e52;
        x ^= x * 0xc7afe638;
        x ^= x * 0x8d22f6e6;
        return ((Integer.reverse(x) & 0xffffffffL) + 0.5) / TWO_32;
    }

    private static int mix(long z) {
        long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return (int) (mixed ^ (mixed >>> 31));
    }
}
