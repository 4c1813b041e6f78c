package org.autotuner.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.autotuner.execute.FoldOutcome;
import org.autotuner.model.CostEstimate;
import org.autotuner.space.Configuration;
import org.jspecify.annotations.Nullable;

/** A trial that is under way: which folds were given out, what came back. Used by the coordinator alone. */
final class TrialState {

    /** Where a trial stands. */
    enum Phase {
        /** Only the first fold may run. */
        SCREENING,
        /** The other folds may run. */
        PROMOTED,
        /** No further fold will run. */
        ENDED
    }

    private final int number;
    private final String family;
    private final Configuration proposed;
    private final CostEstimate cost;
    private final double secondsShare;
    private final boolean isLong;
    private final FoldOutcome.@Nullable Fitted[] fitted;
    private Configuration configuration;
    private Phase phase = Phase.SCREENING;
    private int issued;
    private int returned;
    private double seconds;

    TrialState(
            int number,
            String family,
            Configuration proposed,
            CostEstimate cost,
            double secondsShare,
            boolean isLong,
            int folds) {
        this.number = number;
        this.family = family;
        this.proposed = proposed;
        this.configuration = proposed;
        this.cost = cost;
        this.secondsShare = secondsShare;
        this.isLong = isLong;
        this.fitted = new FoldOutcome.Fitted[folds];
    }

    int number() {
        return number;
    }

    String family() {
        return family;
    }

    Configuration proposed() {
        return proposed;
    }

    Configuration configuration() {
        return configuration;
    }

    /** The family's own estimate for one fit, uncorrected. */
    double estimatedFitSeconds() {
        return cost.seconds();
    }

    /** Whether a fit can end early with what it has. */
    boolean isInterruptible() {
        return cost.interruptible();
    }

    double secondsShare() {
        return secondsShare;
    }

    /** Whether it takes more than the usual share. */
    boolean isLong() {
        return isLong;
    }

    Phase phase() {
        return phase;
    }

    boolean hasFoldToRun() {
        return phase == Phase.SCREENING ? issued == 0 : phase == Phase.PROMOTED && issued < fitted.length;
    }

    /** Folds that still have to run or are running, were the trial to be completed. */
    int foldsLeft() {
        return phase == Phase.ENDED ? 0 : fitted.length - returned;
    }

    /** The next fold; {@link #hasFoldToRun()} holds. */
    int issue() {
        return issued++;
    }

    void accept(FoldOutcome.Fitted outcome) {
        fitted[outcome.task().fold()] = outcome;
        configuration = proposed.withAll(outcome.configuration());
        seconds += outcome.seconds();
        returned++;
    }

    void promote() {
        phase = Phase.PROMOTED;
    }

    void end(double addedSeconds) {
        phase = Phase.ENDED;
        seconds += addedSeconds;
    }

    boolean isComplete() {
        return returned == fitted.length;
    }

    /** All outcomes in fold order; {@link #isComplete()} holds. */
    List<FoldOutcome.Fitted> outcomes() {
        return Arrays.stream(fitted).map(Objects::requireNonNull).toList();
    }

    /** Errors of the folds so far, in fold order. */
    List<Double> errors() {
        return Arrays.stream(fitted)
                .filter(Objects::nonNull)
                .map(outcome -> Objects.requireNonNull(outcome).error())
                .toList();
    }

    double seconds() {
        return seconds;
    }
}
