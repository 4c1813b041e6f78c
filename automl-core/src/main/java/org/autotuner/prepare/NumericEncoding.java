package org.autotuner.prepare;

/** How numbers reach a model. */
public enum NumericEncoding {
    /** As they are; NaN where missing. */
    RAW,
    /** Mean 0, standard deviation 1; missing ones get the median and an indicator. */
    STANDARD,
    /** Median 0, interquartile range 1, smoothly clipped to -3..3; missing ones get the median and an indicator. */
    ROBUST,
    /** Ranks mapped to a standard normal distribution, for skewed numbers; missing ones get 0 and an indicator. */
    QUANTILE
}
