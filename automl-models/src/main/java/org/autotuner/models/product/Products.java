package org.autotuner.models.product;

/**
 * Products of matrices with floats, vectorised by the JIT compiler of JDK 17: it does so for sums of multiples of separate
 * arrays, not for sums of products. Sums are always built in the same order, so that a row's result does not depend on the
 * rows beside it. Immutable and thread-safe.
 */
public final class Products {

    /** Without hardware for it, {@link Math#fma} is computed with decimals of arbitrary length, a thousand times slower. */
    private final boolean isFused;

    private Products(boolean isFused) {
        this.isFused = isFused;
    }

    /** Fused multiply-add where the processor has it. */
    public static Products here() {
        long quickest = Long.MAX_VALUE;
        float sum = 0;
        for (int attempt = 0; attempt < 3; attempt++) {
            long start = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                sum = Math.fma(sum, 0.5f, 1);
            }
            quickest = Math.min(quickest, System.nanoTime() - start);
        }
        return new Products(quickest < 150_000 && sum > 1);
    }

    /** Adds {@code x[row] * matrix} to {@code out[row]} for rows {@code 0..rows-1}; the matrix has a row per input. */
    public void add(float[][] x, float[][] matrix, float[][] out, int rows) {
        int inputs = matrix.length;
        int k = 0;
        for (; k + 4 <= inputs; k += 4) {
            for (int row = 0; row < rows; row++) {
                float[] factors = x[row];
                four(
                        factors[k],
                        matrix[k],
                        factors[k + 1],
                        matrix[k + 1],
                        factors[k + 2],
                        matrix[k + 2],
                        factors[k + 3],
                        matrix[k + 3],
                        out[row],
                        0,
                        out[row].length);
            }
        }
        for (; k < inputs; k++) {
            for (int row = 0; row < rows; row++) {
                one(x[row][k], matrix[k], out[row], 0, out[row].length);
            }
        }
    }

    /** Adds four multiples of vectors to {@code out}, all at the places {@code from..to-1}. */
    public void four(
            float a,
            float[] u,
            float b,
            float[] v,
            float c,
            float[] w,
            float d,
            float[] z,
            float[] out,
            int from,
            int to) {
        if (isFused) {
            fused(a, u, b, v, c, w, d, z, out, from, to);
        } else {
            plain(a, u, b, v, c, w, d, z, out, from, to);
        }
    }

    private static void fused(
            float a,
            float[] u,
            float b,
            float[] v,
            float c,
            float[] w,
            float d,
            float[] z,
            float[] out,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.fma(a, u[i], Math.fma(b, v[i], Math.fma(c, w[i], Math.fma(d, z[i], out[i]))));
        }
    }

    private static void plain(
            float a,
            float[] u,
            float b,
            float[] v,
            float c,
            float[] w,
            float d,
            float[] z,
            float[] out,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            out[i] += a * u[i] + b * v[i] + c * w[i] + d * z[i];
        }
    }

    /** Adds a multiple of a vector to {@code out}, at the places {@code from..to-1}. */
    public static void one(float a, float[] u, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] += a * u[i];
        }
    }

    /**
     * Adds the sum of {@code factors[at + r - begin] * rows[r]} over the rows {@code begin..end-1} to {@code out}, at the
     * places {@code from..to-1}.
     */
    public void accumulate(float[] factors, int at, float[][] rows, int begin, int end, float[] out, int from, int to) {
        int r = begin;
        int f = at;
        for (; r + 4 <= end; r += 4, f += 4) {
            four(
                    factors[f],
                    rows[r],
                    factors[f + 1],
                    rows[r + 1],
                    factors[f + 2],
                    rows[r + 2],
                    factors[f + 3],
                    rows[r + 3],
                    out,
                    from,
                    to);
        }
        for (; r < end; r++, f++) {
            one(factors[f], rows[r], out, from, to);
        }
    }
}
