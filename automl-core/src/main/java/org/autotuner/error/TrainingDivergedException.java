package org.autotuner.error;

/** The loss or the weights of a network in training are not finite numbers any more. */
public final class TrainingDivergedException extends AutoMlException {

    private static final long serialVersionUID = 1L;

    public TrainingDivergedException(String message) {
        super(message, null);
    }
}
