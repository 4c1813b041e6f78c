package org.autotuner.execute;

import org.autotuner.model.FittedModel;
import org.autotuner.space.Configuration;
import org.jspecify.annotations.Nullable;

/** What became of a {@link FoldTask}. */
public sealed interface FoldOutcome {

    FoldTask task();

    /** Seconds of the whole unit, preparation included. */
    double seconds();

    /**
     * The fit succeeded.
     *
     * @param configuration the task's, adapted if it asked for that
     * @param scored the model on the validation rows; null for families with steps, which are chosen later
     * @param error on the validation rows, with the family's own choice of steps; lower is better
     * @param fitSeconds of the fit alone
     */
    record Fitted(
            FoldTask task,
            Configuration configuration,
            FittedModel model,
            PreparedFold data,
            @Nullable Scored scored,
            double error,
            double fitSeconds,
            double seconds)
            implements FoldOutcome {}

    /** It threw; the cause in words. */
    record Failed(FoldTask task, String cause, double seconds) implements FoldOutcome {}

    /** The deadline came before anything usable was learned. */
    record Expired(FoldTask task, double seconds) implements FoldOutcome {}

    /** The family cannot be used on this machine; the reason says what to add. */
    record Unavailable(FoldTask task, String reason, double seconds) implements FoldOutcome {}
}
