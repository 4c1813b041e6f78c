package org.autotuner.profile;

import org.autotuner.data.ColumnType;

/**
 * What one column looks like.
 *
 * @param missingShare share of missing cells among all rows, in 0..1
 * @param distinct number of different values among the rows looked at (at most 50,000)
 * @param constant whether all present values of all rows are equal, and there is at least one
 * @param idLike whether it seems to number or name the rows: texts or levels that are all different among more than 100
 *     rows and short, or whole numbers that grow or fall by the same step from row to row
 */
public record ColumnProfile(
        String name,
        ColumnType type,
        double missingShare,
        long distinct,
        boolean constant,
        boolean idLike,
        Distribution distribution) {}
