package org.autotuner.study;

/**
 * Stops when the best value is at most a target.
 *
 * @param target lower is better, as for all values inside a study; where an objective is maximised give the negative
 */
public record TargetReached(double target) implements StopRule {

    public TargetReached {
        if (Double.isNaN(target)) {
            throw new IllegalArgumentException("target must be a number.");
        }
    }

    @Override
    public boolean shouldStop(StudyHistory history) {
        return history.best()
                .flatMap(Trial::value)
                .filter(value -> value <= target)
                .isPresent();
    }
}
