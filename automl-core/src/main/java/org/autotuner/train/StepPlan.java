package org.autotuner.train;

import java.util.Arrays;

/**
 * Some optimizer steps in a row. Step s takes rows {@code s * batch} to {@code (s + 1) * batch - 1} of each member's order;
 * the last one may be shorter.
 *
 * @param order row numbers, one array per member, all of one length; not copied
 * @param batch rows per step, at least 1
 * @param rates learning rate of each step, {@code ceil(order length / batch)} of them; not copied
 * @param mix share of each step's own rows where rows are mixed with others (mixup), in [0.5, 1]; empty for none
 * @param regularization factor of dropout's probability and of weight decay in each step, in [0, 1]; empty for 1
 * @param seed of dropout masks and noise
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StepPlan(int[][] order, int batch, double[] rates, double[] mix, double[] regularization, long seed) {

    public StepPlan {
        if (order.length == 0 || Arrays.stream(order).anyMatch(rows -> rows.length != order[0].length)) {
            throw new IllegalArgumentException("A plan needs one order for each member, all of one length.");
        }
        int length = order[0].length;
        if (batch < 1 || rates.length != (length + batch - 1) / batch) {
            throw new IllegalArgumentException(
                    "%d rates do not fit %d rows in batches of %d.".formatted(rates.length, length, batch));
        }
        if (mix.length != 0 && mix.length != rates.length) {
            throw new IllegalArgumentException("%d shares for %d steps.".formatted(mix.length, rates.length));
        }
        if (regularization.length != 0 && regularization.length != rates.length) {
            throw new IllegalArgumentException(
                    "%d factors of regularization for %d steps.".formatted(regularization.length, rates.length));
        }
    }

    /** A plan with whole regularization in every step. */
    public StepPlan(int[][] order, int batch, double[] rates, double[] mix, long seed) {
        this(order, batch, rates, mix, new double[0], seed);
    }

    /** The own rows' share in a step. */
    public double mix(int step) {
        return mix.length == 0 ? 1 : mix[step];
    }

    /** The factor of a step. */
    public double regularization(int step) {
        return regularization.length == 0 ? 1 : regularization[step];
    }

    public int steps() {
        return rates.length;
    }
}
