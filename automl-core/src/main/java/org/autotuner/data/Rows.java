package org.autotuner.data;

import org.jspecify.annotations.Nullable;

/** Row indices of column views. */
final class Rows {

    private Rows() {}

    /** {@code outer} applied after {@code inner}; null stands for all rows. */
    static int[] compose(int @Nullable [] inner, int[] outer) {
        if (inner == null) {
            return outer;
        }
        int[] composed = new int[outer.length];
        for (int i = 0; i < outer.length; i++) {
            composed[i] = inner[outer[i]];
        }
        return composed;
    }
}
