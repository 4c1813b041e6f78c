package org.autotuner.examples.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Resampling of rows as counts, so that what is resampled can be sorted once. */
final class RowBootstrap {

    private RowBootstrap() {}

    /**
     * Two-sided p-value of "the difference is 0": twice the smaller share of resampled differences on either side.
     *
     * @param difference of the rows counted so often; NaN leaves a resample out
     */
    static double pValue(int rows, int resamples, long seed, ToDoubleFunction<int[]> difference) {
        RandomGenerator random = new SplittableRandom(seed);
        int[] counts = new int[rows];
        int below = 0;
        int above = 0;
        int used = 0;
        for (int b = 0; b < resamples; b++) {
            Arrays.fill(counts, 0);
            for (int i = 0; i < rows; i++) {
                counts[random.nextInt(rows)]++;
            }
            double sample = difference.applyAsDouble(counts);
            if (!Double.isNaN(sample)) {
                below += sample <= 0 ? 1 : 0;
                above += sample >= 0 ? 1 : 0;
                used++;
            }
        }
        return Math.min(1, 2.0 * (Math.min(below, above) + 1) / (used + 1));
    }
}
