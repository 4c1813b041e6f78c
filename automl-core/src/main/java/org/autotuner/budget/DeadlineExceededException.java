package org.autotuner.budget;

/** Thrown by {@link Deadline#check()}: the work must stop now and leave what it has. Carries no stack trace. */
public final class DeadlineExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeadlineExceededException(String message) {
        super(message, null, false, false);
    }
}
