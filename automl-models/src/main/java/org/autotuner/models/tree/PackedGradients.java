package org.autotuner.models.tree;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Gradient and curvature of each row as one whole number: the gradient in its upper bits, the curvature in its lower ones.
 * So a cell of a histogram costs one addition, and sums are exact: they depend neither on an order nor on threads, and a
 * histogram less that of one child is exactly that of the other.
 *
 * <p>Rounding is random and without bias, as in quantized training of gradient boosting (Shi and others, NeurIPS 2022,
 * arXiv 2207.09682), but finer: the units are as small as the bits of all rows' sums allow, about a 40,000th of the largest
 * gradient for 50,000 rows. Used by one thread; its numbers may be read by several.
 */
final class PackedGradients {

    private static final int CURVATURE_BITS = 32;
    /** More steps than a float has. */
    private static final double FINEST = 0x1p30;

    /** Rows below which a second thread costs more than it saves. */
    private static final int FEW_ROWS = 4_000;

    private final long[] packed;
    private int shift = CURVATURE_BITS;
    private double gradientUnit = 1;
    private double curvatureUnit = 1;
    private long sum;

    PackedGradients(int rows) {
        packed = new long[rows];
    }

    /**
     * Packs the gradients of some rows.
     *
     * @param curvatures at least 0; empty if all are 1
     * @param rows whose sums will be asked for: {@code rows[0..count)}
     */
    void pack(float[] gradients, float[] curvatures, int[] rows, int count, long seed, Workers workers) {
        boolean isConstant = curvatures.length == 0;
        shift = isConstant ? Long.SIZE - Long.numberOfLeadingZeros(count) : CURVATURE_BITS;
        double gradientSteps = Math.min(FINEST, ((1L << (Long.SIZE - 1 - shift)) - 1L) / (double) count - 1);
        double curvatureSteps = ((1L << CURVATURE_BITS) - 1L) / (double) count - 1;
        gradientUnit = unit(largest(gradients, rows, count, workers), gradientSteps);
        curvatureUnit = isConstant ? 1 : unit(largest(curvatures, rows, count, workers), curvatureSteps);
        double gradientFactor = 1 / gradientUnit;
        double curvatureFactor = 1 / curvatureUnit;
        AtomicLong total = new AtomicLong();
        workers.ranges(count, FEW_ROWS, (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                int row = rows[i];
                long random = RowRandom.bits(seed, row);
                long gradient = (long) Math.floor(gradients[row] * gradientFactor + (random >>> 32) * 0x1p-32);
                long curvature =
                        isConstant ? 1 : (long) (curvatures[row] * curvatureFactor + (random & 0xffffffffL) * 0x1p-32);
                packed[row] = (gradient << shift) + curvature;
                sum += packed[row];
            }
            total.addAndGet(sum);
        });
        sum = total.get();
    }

    private static double unit(double largest, double steps) {
        return largest > 0 ? largest / Math.max(1, Math.floor(steps)) : 1;
    }

    private static double largest(float[] values, int[] rows, int count, Workers workers) {
        float[] found = new float[workers.parts(count, FEW_ROWS)];
        workers.run(found.length, part -> {
            float largest = 0;
            int to = Workers.bound(part + 1, found.length, count);
            for (int i = Workers.bound(part, found.length, count); i < to; i++) {
                largest = Math.max(largest, Math.abs(values[rows[i]]));
            }
            found[part] = largest;
        });
        float largest = 0;
        for (float one : found) {
            largest = Math.max(largest, one);
        }
        return largest;
    }

    /** Numbers by row, to be added up; shared, not to be changed. */
    long[] packed() {
        return packed;
    }

    /** Sum of the numbers of all rows that were packed last. */
    long sum() {
        return sum;
    }

    /** Sum of gradients in a sum of packed numbers, in units. */
    long gradientSteps(long sum) {
        return sum >> shift;
    }

    /** Sum of curvatures in a sum of packed numbers, in units. */
    long curvatureSteps(long sum) {
        return sum & ((1L << shift) - 1);
    }

    int shift() {
        return shift;
    }

    double gradientUnit() {
        return gradientUnit;
    }

    double curvatureUnit() {
        return curvatureUnit;
    }
}
