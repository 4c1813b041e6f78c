package org.autotuner.model;

import org.autotuner.score.Scorer;

/** What a fit returns: a plain-Java scorer, and for iterative families how it got there. Immutable and thread-safe. */
public interface FittedModel {

    /** The scorer of the whole model; holds no native memory. */
    Scorer scorer();

    /** Error on the validation rows by number of steps; empty for families without steps or without validation rows. */
    default ErrorCurve curve() {
        return ErrorCurve.EMPTY;
    }

    /**
     * The scorer after the first {@code steps} rounds or epochs, by which the number of steps of one fold is chosen
     * from the curves of the other folds. Families without steps return {@link #scorer()}.
     */
    default Scorer scorer(int steps) {
        return scorer();
    }

    /** A model without steps. */
    static FittedModel of(Scorer scorer) {
        return () -> scorer;
    }
}
