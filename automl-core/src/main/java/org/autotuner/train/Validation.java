package org.autotuner.train;

/** Turns the outputs of the evaluation rows into an error. */
@FunctionalInterface
public interface Validation {

    /**
     * The error of some outputs.
     *
     * @param outputs what {@link Learner#outputs()} gives
     * @return lower is better; NaN where it is not defined
     */
    double error(float[] outputs);
}
