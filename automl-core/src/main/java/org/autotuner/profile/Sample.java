package org.autotuner.profile;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Rows to look at where all would cost too much. */
final class Sample {

    private Sample() {}

    /** All rows, or one row out of each of {@code most} equal stretches, ascending; the same for the same arguments. */
    static int[] of(int rows, int most) {
        int[] chosen = new int[Math.min(rows, most)];
        if (rows <= most) {
            Arrays.setAll(chosen, row -> row);
            return chosen;
        }
        SplittableRandom random = new SplittableRandom(rows);
        for (int i = 0; i < most; i++) {
            int from = (int) ((long) i * rows / most);
            int to = (int) ((i + 1L) * rows / most);
            chosen[i] = random.nextInt(from, to);
        }
        return chosen;
    }
}
