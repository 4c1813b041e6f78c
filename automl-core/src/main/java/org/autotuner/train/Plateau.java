package org.autotuner.train;

import java.util.List;

/**
 * Multiplies the learning rate by {@code factor} after {@code patience} epochs without improvement.
 *
 * @param factor in (0, 1)
 * @param patience at least 1
 */
public record Plateau(double factor, int patience) {

    public Plateau {
        if (!(factor > 0 && factor < 1) || patience < 1) {
            throw new IllegalArgumentException(
                    "The factor must lie between 0 and 1 and the patience be at least 1, but they are %s and %d."
                            .formatted(factor, patience));
        }
    }

    /** How often the rate was reduced after these epochs. */
    int reductions(List<Epoch> epochs) {
        double best = Double.POSITIVE_INFINITY;
        int waited = 0;
        int reductions = 0;
        for (Epoch epoch : epochs) {
            double measured = Double.isNaN(epoch.error()) ? epoch.loss() : epoch.error();
            waited++;
            if (measured < best) {
                best = measured;
                waited = 0;
            } else if (waited >= patience) {
                reductions++;
                waited = 0;
            }
        }
        return reductions;
    }
}
