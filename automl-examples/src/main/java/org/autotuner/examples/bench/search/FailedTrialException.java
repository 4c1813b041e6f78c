package org.autotuner.examples.bench.search;

/** What an objective throws that was asked to fail. */
final class FailedTrialException extends RuntimeException {

    private static final long serialVersionUID = 1;

    FailedTrialException() {
        super("failed as asked for");
    }
}
