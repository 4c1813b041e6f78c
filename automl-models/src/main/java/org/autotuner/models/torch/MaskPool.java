package org.autotuner.models.torch;

import java.util.SplittableRandom;
import org.autotuner.train.SeededDropout;

/**
 * Random numbers made ahead: a step takes slices at random offsets. The engine's own generator costs more than the rest of a
 * small network's step and is shared by all threads.
 */
final class MaskPool {

    private static final int SPARE = 1 << 16;

    private MaskPool() {}

    /** Length of a pool of which slices of up to {@code cells} numbers are taken. */
    static int length(int cells) {
        return Math.addExact(cells, Math.max(cells, SPARE));
    }

    /** 0 with chance {@code rate}, exact to 1/65536, else what makes the mean 1. */
    static void masks(float[] pool, double rate, SplittableRandom random) {
        long dropped = Math.round(rate * 65_536);
        SeededDropout.fill(pool, rate, (float) (65_536.0 / (65_536 - dropped)), random);
    }

    /** Normal with mean 0. */
    static void noise(float[] pool, double deviation, SplittableRandom random) {
        for (int i = 0; i < pool.length; i++) {
            pool[i] = (float) (deviation * random.nextGaussian());
        }
    }
}
