package org.autotuner.train;

import java.util.SplittableRandom;

/** Random orders. */
final class Shuffles {

    private Shuffles() {}

    /** The numbers 0 to {@code rows - 1} in random order (Fisher and Yates). */
    static int[] of(int rows, SplittableRandom random) {
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
