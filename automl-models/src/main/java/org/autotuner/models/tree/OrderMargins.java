package org.autotuner.models.tree;

/** What the trees so far make of the training rows in one order of them, and which way that should change. Used by one thread. */
interface OrderMargins {

    /** Writes the gradients by which questions are chosen, output by output. */
    void gradients(float[][] gradients, float[][] curvatures);

    /**
     * Gives the leaves their values, of the gradients that were written last and have not been changed, and adds these to the
     * margins.
     *
     * @param bins of the rows in this order
     * @return values of the leaves, output by output
     */
    double[][] give(RoundGrower.Round grown, Bins bins);
}
