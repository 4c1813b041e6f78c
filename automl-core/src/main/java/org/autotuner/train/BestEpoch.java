package org.autotuner.train;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The epoch with the lowest error so far, and its weights. */
final class BestEpoch {

    private int number;
    private double error = Double.POSITIVE_INFINITY;
    private @Nullable Weights weights;

    /** Notes an epoch that just ended. Errors that are not defined never count. */
    void hear(Epoch epoch, Learner learner) {
        if (epoch.error() < error) {
            error = epoch.error();
            number = epoch.number();
            weights = learner.weights();
        }
    }

    void restore(Checkpoint checkpoint) {
        number = checkpoint.best();
        if (number > 0) {
            error = checkpoint.epochs().get(number - 1).error();
            weights = checkpoint.bestWeights();
        }
    }

    /** 0 if there is none. */
    int number() {
        return number;
    }

    Optional<Weights> weights() {
        return Optional.ofNullable(weights);
    }
}
