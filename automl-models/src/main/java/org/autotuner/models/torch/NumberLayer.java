package org.autotuner.models.torch;

/** How numbers enter a network. Immutable. */
public sealed interface NumberLayer permits RawNumbers, PeriodicNumbers, PiecewiseNumbers {

    /** Width of one number's embedding. */
    int width();

    /** Writes the code and returns the variable that holds the embeddings of all numbers, side by side. */
    String write(ScriptWriter script, int numbers);
}
