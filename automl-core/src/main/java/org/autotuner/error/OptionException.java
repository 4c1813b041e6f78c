package org.autotuner.error;

import org.jspecify.annotations.Nullable;

/** One or several options of a call are wrong; the message lists every fault found. */
public final class OptionException extends AutoMlException {

    private static final long serialVersionUID = 1L;

    public OptionException(String message) {
        this(message, null);
    }

    public OptionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
