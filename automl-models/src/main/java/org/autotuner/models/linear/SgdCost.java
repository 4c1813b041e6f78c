package org.autotuner.models.linear;

import java.util.Optional;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;

/** Seconds and bytes of stochastic gradient descent, fitted to measured times. */
final class SgdCost {

    /** Nobody waits for an epoch that takes longer. */
    private static final double MAX_EPOCH_SECONDS = 30;

    private SgdCost() {}

    /** Seconds of one update of a linear model. */
    static double linearRow(DataShape shape) {
        return 0.5e-6 + 5e-9 * Entries.perRow(shape) * shape.task().outputs();
    }

    /** Seconds of one update of a factorization machine. */
    static double factorRow(DataShape shape, int rank) {
        double dense = Entries.dense(shape);
        // Factors of sparse entries are read one by one, those of dense rows in order.
        double entries = 5e-9 * dense + 30e-9 * (Entries.perRow(shape) - dense);
        return 1.5e-6 + rank * shape.task().outputs() * entries;
    }

    static CostEstimate estimate(double rowSeconds, int epochs, double parameters, DataShape shape) {
        double passes = 1 + 0.7 * epochs; // many stop early
        double seconds = 0.03 + passes * (rowSeconds * shape.rows() + 10e-9 * parameters);
        double bytes = 8 * parameters * (4.0 + epochs) + shape.rows() * (80 + 12 * Entries.perRow(shape));
        return new CostEstimate(seconds, (long) bytes, true);
    }

    static Optional<String> tooMuch(double rowSeconds, DataShape shape) {
        double seconds = rowSeconds * shape.rows();
        return seconds <= MAX_EPOCH_SECONDS
                ? Optional.empty()
                : Optional.of("one pass over %d rows of this width would take about %.0f s (limit %.0f s)"
                        .formatted(shape.rows(), seconds, MAX_EPOCH_SECONDS));
    }
}
