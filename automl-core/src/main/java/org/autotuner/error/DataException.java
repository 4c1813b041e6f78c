package org.autotuner.error;

import org.jspecify.annotations.Nullable;

/** The data cannot be used as given: an unreadable file, a cell of the wrong type, a missing column. */
public final class DataException extends AutoMlException {

    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        this(message, null);
    }

    public DataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
