package org.autotuner.model;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
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

    /** The same model with all its scorers changed; its curve stays. */
    default FittedModel withScorers(UnaryOperator<Scorer> change) {
        FittedModel whole = this;
        return new FittedModel() {
            @Override
            public Scorer scorer() {
                return change.apply(whole.scorer());
            }

            @Override
            public Scorer scorer(int steps) {
                return change.apply(whole.scorer(steps));
            }

            @Override
            public ErrorCurve curve() {
                return whole.curve();
            }
        };
    }

    /**
     * A model that was kept after some of its steps; {@link #scorer(int)} is the one after the last of at most so many, or the
     * first one.
     *
     * @param curve empty where nothing was measured
     * @param kept ascending numbers of steps, at least one
     * @param whole position in {@code kept} of the whole model
     * @param made gives the scorer of a position; asked whenever one is wanted
     */
    static FittedModel ofSteps(ErrorCurve curve, List<Integer> kept, int whole, IntFunction<? extends Scorer> made) {
        return new StepModel(curve, kept, whole, made);
    }

    /** The same where the model was measured after all steps that were kept, and the best one is the whole. */
    static FittedModel ofCurve(ErrorCurve curve, IntFunction<? extends Scorer> made) {
        return ofSteps(curve, curve.steps(), curve.best(), made);
    }

    /** A model without steps. */
    static FittedModel of(Scorer scorer) {
        return () -> scorer;
    }
}
