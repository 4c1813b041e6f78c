package org.autotuner.error;

import org.jspecify.annotations.Nullable;

/** Root of all exceptions that this library throws on purpose. The message says what is wrong, where, and what to do. */
public abstract class AutoMlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AutoMlException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
