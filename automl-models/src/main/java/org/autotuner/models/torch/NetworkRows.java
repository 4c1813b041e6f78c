package org.autotuner.models.torch;

/**
 * Inputs of a network.
 *
 * @param rows how many
 * @param numbers rows x number inputs, finite; not copied
 * @param codes rows x code columns, each within its table; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NetworkRows(int rows, float[] numbers, int[] codes) {}
