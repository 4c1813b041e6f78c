package org.autotuner.examples.bench;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A mean with the ends of its 90 % bootstrap interval; all NaN for no values. */
record MeanInterval(double mean, double low, double high) {

    static MeanInterval of(double[] values, int resamples, RandomGenerator random) {
        if (values.length == 0) {
            return new MeanInterval(Double.NaN, Double.NaN, Double.NaN);
        }
        double[] means = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            for (int k = 0; k < values.length; k++) {
                means[i] += values[random.nextInt(values.length)] / values.length;
            }
        }
        Arrays.sort(means);
        return new MeanInterval(
                Arrays.stream(values).average().orElseThrow(),
                means[(int) (0.05 * (resamples - 1))],
                means[(int) (0.95 * (resamples - 1))]);
    }
}
