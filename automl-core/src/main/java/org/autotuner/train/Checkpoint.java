package org.autotuner.train;

import java.util.List;

/**
 * A training between two epochs.
 *
 * @param epochs finished ones
 * @param state of the learner after the last of them
 * @param best number of the best epoch, 0 if none
 * @param bestWeights its weights; those of the state if there is none
 */
public record Checkpoint(List<Epoch> epochs, LearnerState state, int best, Weights bestWeights) {

    public Checkpoint {
        epochs = List.copyOf(epochs);
    }
}
