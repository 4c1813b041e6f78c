package org.autotuner.model;

/**
 * What one fit is expected to cost.
 *
 * @param seconds of one thread on a middling machine of today; the search corrects it by what it measures
 * @param bytes heap and native memory together while fitting
 * @param interruptible whether the fit asks its deadline at least every half second; others are started only when
 *     they are expected to end in time
 */
public record CostEstimate(double seconds, long bytes, boolean interruptible) {

    public CostEstimate {
        if (!(seconds >= 0) || bytes < 0) {
            throw new IllegalArgumentException(
                    "seconds and bytes must not be negative: %s, %d.".formatted(seconds, bytes));
        }
    }
}
