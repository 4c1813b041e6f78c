package org.autotuner.train;

import java.util.List;

/**
 * A copy of all weights of a learner, in its own order.
 *
 * @param arrays one per parameter, and one per running statistic behind them; not copied, not to be changed
 */
public record Weights(List<float[]> arrays) {

    public Weights {
        arrays = List.copyOf(arrays);
    }

    /** Whether all numbers are finite. */
    public boolean areFinite() {
        for (float[] array : arrays) {
            for (float number : array) {
                if (!Float.isFinite(number)) {
                    return false;
                }
            }
        }
        return true;
    }
}
