package org.autotuner.execute;

import org.autotuner.predict.Predictions;

/**
 * What a scorer said about some rows, and how long it took.
 *
 * @param rowMicros mean time for one row, in microseconds
 */
public record Scored(Predictions predictions, double rowMicros) {}
