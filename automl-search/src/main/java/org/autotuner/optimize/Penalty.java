package org.autotuner.optimize;

/** What is taken from the logarithm of what a vector promises. */
interface Penalty {

    /** @param at a vector of numbers, see {@link Covariance#filled} */
    double penalty(double[] at);

    /** As {@link #penalty(double[])}; adds its gradient to {@code gradient}. */
    double penalty(double[] at, double[] gradient);
}
