package org.autotuner.examples.bench.search;

/** What an objective throws that was asked to fail. */
final class FailedTrialException extends RuntimeException {

    /** What the study is told. */
    static final String CAUSE = "failed as asked for";

    private static final long serialVersionUID = 1;

    FailedTrialException() {
        super(CAUSE);
    }
}
