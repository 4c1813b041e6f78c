package org.autotuner.train;

/**
 * What happened in an epoch.
 *
 * @param number from 1
 * @param loss mean over its steps
 * @param error of the validation; NaN without one, or where it was not measured
 * @param rate learning rate of its last step
 * @param seconds that it took, its validation included
 */
public record Epoch(int number, double loss, double error, double rate, double seconds) {}
