package org.autotuner.models.tree;

import org.jspecify.annotations.Nullable;

/**
 * A split of a leaf.
 *
 * @param gain how much it lowers the loss, twice; more is better
 * @param rank numbers up to it go left; of no meaning for a category
 * @param isMissingLeft whether missing cells go left
 * @param codes ranks of a category that go left; null for a number
 * @param left packed sum of the left rows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Split(double gain, int feature, int rank, boolean isMissingLeft, int @Nullable [] codes, long left) {

    /** 1 for each rank that goes left. */
    byte[] table() {
        byte[] table = new byte[256];
        if (codes != null) {
            for (int code : codes) {
                table[code] = 1;
            }
            return table;
        }
        java.util.Arrays.fill(table, 1, rank + 1, (byte) 1);
        table[0] = (byte) (isMissingLeft ? 1 : 0);
        return table;
    }
}
