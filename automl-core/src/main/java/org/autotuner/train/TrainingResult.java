package org.autotuner.train;

import java.util.List;

/**
 * How a training went.
 *
 * @param epochs in order
 * @param best number of the epoch whose weights the learner holds
 * @param checkpoint from which a later training goes on
 */
public record TrainingResult(List<Epoch> epochs, int best, Checkpoint checkpoint) {

    public TrainingResult {
        epochs = List.copyOf(epochs);
    }
}
