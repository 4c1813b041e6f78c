package org.autotuner.models.torch;

import java.util.SplittableRandom;

/** Changes rows on their way into an optimizer step, such as the augmentation of images. Thread-safe. */
public interface RowChange {

    /**
     * Changes the rows of one step.
     *
     * @param numbers rows of number inputs, one behind the other
     * @param from position of the first one's first number
     * @param rows how many
     * @param share of each row's own target in the step's loss; the rest goes to the row before it (to the last one for the
     *     first), so that a row must show as much of that one; 1 where rows are not mixed
     */
    void apply(float[] numbers, int from, int rows, double share, SplittableRandom random);

    /** Whether this mixes the inputs of rows by itself; else the script blends them where the settings ask for mixup. */
    default boolean mixes() {
        return false;
    }
}
