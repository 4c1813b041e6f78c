package org.autotuner.study;

/**
 * Stops when the best value did not improve for some trials in a row.
 *
 * @param patience number of finished trials, at least 1
 */
public record NoImprovement(int patience) implements StopRule {

    public NoImprovement {
        if (patience < 1) {
            throw new IllegalArgumentException("patience must be at least 1, but was %d.".formatted(patience));
        }
    }

    @Override
    public boolean shouldStop(StudyHistory history) {
        return history.trialsSinceBest() >= patience;
    }
}
