package org.autotuner.error;

import org.jspecify.annotations.Nullable;

/** A model family lacks something on this machine, usually a native library; the message names what to add. */
public final class FamilyUnavailableException extends AutoMlException {

    private static final long serialVersionUID = 1L;

    public FamilyUnavailableException(String message) {
        this(message, null);
    }

    public FamilyUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
