package org.autotuner.models.tree;

/**
 * Sorts floats by their bits, eleven at a time (radix sort; Knuth, The Art of Computer Programming 3, 5.2.5): some times faster
 * than by comparisons, and binning mostly sorts.
 */
final class FloatSort {

    private static final int BITS = 11;
    private static final int BUCKETS = 1 << BITS;
    /** Below so many comparisons are faster. */
    private static final int FEW = 1_000;

    private FloatSort() {}

    /** Puts {@code values[0..count)} into the order of {@link Float#compare}; none may be NaN. */
    static void sort(float[] values, int count) {
        if (count < FEW) {
            java.util.Arrays.sort(values, 0, count);
            return;
        }
        int[] keys = new int[count];
        int[][] starts = new int[3][BUCKETS];
        for (int i = 0; i < count; i++) {
            int bits = Float.floatToRawIntBits(values[i]);
            int key = bits ^ ((bits >> 31) | Integer.MIN_VALUE); // ascending as an unsigned number
            keys[i] = key;
            starts[0][key & (BUCKETS - 1)]++;
            starts[1][(key >>> BITS) & (BUCKETS - 1)]++;
            starts[2][key >>> (2 * BITS)]++;
        }
        int[] from = keys;
        int[] to = new int[count];
        for (int digit = 0; digit < 3; digit++) {
            pass(from, to, starts[digit], digit * BITS);
            int[] swapped = from;
            from = to;
            to = swapped;
        }
        for (int i = 0; i < count; i++) {
            int key = from[i];
            values[i] = Float.intBitsToFloat(key ^ ((~key >> 31) | Integer.MIN_VALUE));
        }
    }

    private static void pass(int[] from, int[] to, int[] counts, int shift) {
        int sum = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            int count = counts[bucket];
            counts[bucket] = sum;
            sum += count;
        }
        for (int key : from) {
            to[counts[(key >>> shift) & (BUCKETS - 1)]++] = key;
        }
    }
}
