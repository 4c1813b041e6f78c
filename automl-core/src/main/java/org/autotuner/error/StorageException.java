package org.autotuner.error;

import org.jspecify.annotations.Nullable;

/** A study storage cannot be read, written or is held by another process. */
public final class StorageException extends AutoMlException {

    private static final long serialVersionUID = 1L;

    public StorageException(String message) {
        this(message, null);
    }

    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
