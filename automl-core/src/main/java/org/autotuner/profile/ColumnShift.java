package org.autotuner.profile;

/**
 * How far a column lies from what it was.
 *
 * @param psi population stability index over the stored bins or levels; under 0.1 is usual, above 0.25 large
 * @param ks Kolmogorov-Smirnov distance of the binned distributions, in 0..1; NaN for categorical columns
 * @param missingBefore share of missing cells in the profile
 * @param missingNow share of missing cells in the other table; 1 if it lacks the column
 */
public record ColumnShift(String column, double psi, double ks, double missingBefore, double missingNow) {}
