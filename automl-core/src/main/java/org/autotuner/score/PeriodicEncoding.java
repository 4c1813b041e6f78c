package org.autotuner.score;

import java.util.Arrays;

/** Cosines of each number; see {@link NumberEmbedding#periodic}. Immutable and thread-safe. */
final class PeriodicEncoding implements NumberEmbedding.Encoding {

    /** Terms of the series of the cosine: the last one is below 1e-10 within half a turn. */
    private static final int TERMS = 12;

    private final int count;
    private final float[] frequencies;
    private final float[] phases;

    PeriodicEncoding(int count, float[] frequencies, float[] phases) {
        Arguments.that(count >= 1, "A number needs at least 1 frequency, but the count is %d.", count);
        Arguments.that(
                frequencies.length % count == 0,
                "frequencies: %d values are no whole number of times %d.",
                frequencies.length,
                count);
        Arguments.length(phases.length, frequencies.length, "phases");
        Arguments.finite(frequencies, "frequencies");
        Arguments.finite(phases, "phases");
        this.count = count;
        this.frequencies = frequencies.clone();
        this.phases = phases.clone();
    }

    int count() {
        return count;
    }

    float[] frequencies() {
        return frequencies;
    }

    float[] phases() {
        return phases;
    }

    @Override
    public int numbers() {
        return frequencies.length / count;
    }

    @Override
    public int start(int number) {
        return number * count;
    }

    @Override
    public float[] encode(float[] x) {
        double[] turns = new double[frequencies.length];
        for (int n = 0; n < numbers(); n++) {
            double number = x[n];
            for (int i = n * count; i < (n + 1) * count; i++) {
                turns[i] = number * frequencies[i] + phases[i] * (0.5 / Math.PI);
            }
        }
        cosines(turns);
        float[] out = new float[turns.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) turns[i];
        }
        return out;
    }

    /**
     * The cosines of angles in turns, in place, by their Taylor series after whole turns are taken off; vectorised, and
     * so several times faster than {@link Math#cos}. Within 1e-9.
     */
    static void cosines(double[] turns) {
        double[] coefficients = new double[TERMS];
        coefficients[0] = 1;
        for (int k = 1; k < TERMS; k++) {
            coefficients[k] = -coefficients[k - 1] * 4 * Math.PI * Math.PI / ((2 * k - 1) * (2.0 * k));
        }
        double[] squares = new double[turns.length];
        for (int i = 0; i < turns.length; i++) {
            double rest = turns[i] - Math.rint(turns[i]);
            squares[i] = rest * rest;
        }
        Arrays.fill(turns, coefficients[TERMS - 1]);
        for (int k = TERMS - 2; k >= 0; k--) {
            horner(turns, squares, coefficients[k]);
        }
    }

    private static void horner(double[] sums, double[] squares, double coefficient) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i] * squares[i] + coefficient;
        }
    }
}
