package org.autotuner.models.boost;

/** A boosting that grows round by round; the loop around it decides when it ends. Not thread-safe. */
interface BoostingRun {

    /** Trains one more round. */
    void round();

    /**
     * Final outputs (probabilities, values, quantiles; not margins) of the validation rows after the rounds so far:
     * rows x outputs, row by row. Called only if there are validation rows.
     */
    double[] validationOutputs();
}
