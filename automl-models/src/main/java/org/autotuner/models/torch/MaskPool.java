package org.autotuner.models.torch;

import java.util.SplittableRandom;

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

    /** 0 with chance {@code rate}, else 1 / (1 - rate). */
    static void masks(float[] pool, double rate, SplittableRandom random) {
        int threshold = (int) Math.round(rate * 65_536);
        float kept = (float) (65_536.0 / (65_536 - threshold));
        long bits = 0;
        for (int i = 0; i < pool.length; i++) {
            bits = (i & 3) == 0 ? random.nextLong() : bits >>> 16;
            pool[i] = (int) (bits & 0xffff) < threshold ? 0 : kept;
        }
    }

    /** Normal with mean 0. */
    static void noise(float[] pool, double deviation, SplittableRandom random) {
        for (int i = 0; i < pool.length; i++) {
            pool[i] = (float) (deviation * random.nextGaussian());
        }
    }
}
