package org.autotuner.recommend;

/**
 * An item that a user may like.
 *
 * @param score higher is better; comparable within one list only
 */
public record RankedItem(String item, double score) {}
