package org.autotuner.model;

import java.util.List;
import java.util.Optional;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.SentenceVectors;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;

/**
 * A kind of model: where to search, how to prepare, how to fit. Found by {@code ServiceLoader} or passed to the
 * builder. Stateless and thread-safe; equal arguments give equal models.
 */
public interface ModelFamily {

    /** Name in lower case with hyphens, such as {@code lightgbm}; stable, since journals hold it. */
    String id();

    boolean supports(Task task);

    /** Why the family cannot be used on this machine and what to add; empty if it can. Asked once per study. */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /** Why data of this shape is not for this family, in words for the report; empty if it is. */
    default Optional<String> unsuitable(DataShape shape) {
        return Optional.empty();
    }

    /** Whether every model of the family keeps to these; by default only where there are none. Asked once per study. */
    default boolean obeys(Constraints constraints) {
        return constraints.isNone();
    }

    /**
     * The id of a family that does the same better where it is available, such as one with native code; this one then takes part
     * only when asked for by name. Empty by default.
     */
    default Optional<String> standsInFor() {
        return Optional.empty();
    }

    /** Why it takes part only where it is asked for, by name or among the interpretable ones; empty, as by default, if it always does. */
    default Optional<String> onlyOnRequest() {
        return Optional.empty();
    }

    /**
     * Whether a person can follow how each of its models comes to a prediction; only such families compete where only such models
     * are wanted. Not by default.
     */
    default boolean isInterpretable() {
        return false;
    }

    /**
     * Whether it also takes part with texts as the vectors of an encoder, hundreds of dense features, under a name of its own;
     * see {@link SentenceFamily}. Not by default.
     */
    default boolean suitsSentences() {
        return false;
    }

    /**
     * The family for a study whose texts have these vectors; this one, as by default, if it trains no encoder further. May keep
     * what it derives from the study's texts.
     */
    default ModelFamily withSentences(SentenceVectors vectors) {
        return this;
    }

    /** Its hyperparameters; must contain every starting point. */
    SearchSpace space(DataShape shape);

    /** Configurations to try first, best first, at least one; the first one is the default. */
    List<Configuration> startingPoints(DataShape shape);

    /** How the data is prepared for this configuration. */
    Preparation preparation(Configuration configuration, DataShape shape);

    CostEstimate cost(Configuration configuration, DataShape shape);

    /**
     * How many times the usual share of a time budget one trial of this family should get. More than 1 suits learners that
     * lose much by being hurried, such as networks; there are fewer trials of them then, so that it costs the others no
     * more. At least 1, which is the default.
     */
    default double timeFactor(DataShape shape) {
        return 1;
    }

    /**
     * Adapts a configuration to {@link FitContext#secondsShare()} of one fit, measuring a few rounds on the data where
     * needed; called once per trial before its folds are fitted, and never in a pure trial budget. The result must
     * lie in the space.
     *
     * @throws org.autotuner.budget.DeadlineExceededException if nothing useful could be learned in that share
     */
    default Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        return configuration;
    }

    /**
     * Fits on one fold's training rows (or on all rows).
     *
     * @throws org.autotuner.budget.DeadlineExceededException if the time is up before anything usable was learned
     */
    FittedModel fit(TrainingData data, Configuration configuration, FitContext context);
}
