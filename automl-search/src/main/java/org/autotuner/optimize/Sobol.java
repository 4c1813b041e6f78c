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

    /** Of no trial, so that the keys are not the numbers with which some proposal is drawn. */
    private static final int KEYS = -1;

    private final int dimensions;
    private final long seed;
    private final int[] keys;
    private final SobolSequenceGenerator generator;

    Sobol(int dimensions, long seed) {
        this.dimensions = dimensions;
        this.seed = seed;
        int tabulated = Math.min(MOST, dimensions);
        this.keys = Random.of(seed, KEYS).ints(tabulated).toArray();
        this.generator = new SobolSequenceGenerator(Math.max(1, tabulated));
    }

    /** The point of an index from 0 on, each coordinate in 0..1, 1 excluded. */
    double[] point(int index) {
        double[] raw = generator.skipTo(index);
        double[] point = new double[dimensions];
        for (int d = 0; d < keys.length; d++) {
            point[d] = scrambled((long) (raw[d] * TWO_32), keys[d]);
        }
        if (dimensions > keys.length) {
            SplittableRandom beyond = Random.of(seed, index);
            for (int d = keys.length; d < dimensions; d++) {
                point[d] = beyond.nextDouble();
            }
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
}
