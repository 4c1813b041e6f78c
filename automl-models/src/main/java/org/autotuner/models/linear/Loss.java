package org.autotuner.models.linear;

/** A convex loss of the linear scores of one row. Immutable. */
interface Loss {

    /** Number of scores per row. */
    int outputs();

    /**
     * The loss of a row.
     *
     * @param z the row's scores; overwritten by the derivative of the loss by each score
     */
    double at(int row, double[] z);

    /** Biases that minimise the loss without features, roughly; the start of every fit. */
    double[] start();
}
