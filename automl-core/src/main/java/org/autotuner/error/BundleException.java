package org.autotuner.error;

import org.jspecify.annotations.Nullable;

/** A model file is damaged, too large, of a newer format, or otherwise not to be trusted. */
public final class BundleException extends AutoMlException {

    private static final long serialVersionUID = 1L;

    public BundleException(String message) {
        this(message, null);
    }

    public BundleException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
