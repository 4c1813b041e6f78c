package org.autotuner.error;

import org.jspecify.annotations.Nullable;

/** The granted budget ended before anything could be fitted. */
public final class BudgetException extends AutoMlException {

    private static final long serialVersionUID = 1L;

    public BudgetException(String message) {
        this(message, null);
    }

    public BudgetException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
