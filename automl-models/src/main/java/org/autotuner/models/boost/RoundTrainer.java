package org.autotuner.models.boost;

import org.autotuner.score.TreeEnsemble;

/** A booster that grows round by round. Used by one thread; {@code close} frees its native memory. */
interface RoundTrainer extends AutoCloseable {

    /** Grows one round; false if no tree could be split any further. */
    boolean update();

    /** Outputs (probabilities, values) for the validation rows after the rounds so far: rows x outputs. */
    double[] validationOutputs();

    /** What was learned so far, in plain Java. */
    TreeEnsemble ensemble();

    @Override
    void close();
}
