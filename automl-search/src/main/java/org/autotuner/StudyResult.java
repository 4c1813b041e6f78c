package org.autotuner;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.autotuner.error.BudgetException;
import org.autotuner.insight.StudyInsight;
import org.autotuner.optimize.Recommendation;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;
import org.jspecify.annotations.Nullable;

/** What a study found. All values have the sign of the caller's objective. Immutable and thread-safe. */
public final class StudyResult {

    /** Why a study ended. */
    public enum End {
        TRIALS,
        TIME,
        CANCELLED,
        STOP_RULE,
        SPACE_EXHAUSTED
    }

    private final SearchSpace space;
    private final List<Trial> trials;
    private final Optional<Trial> best;
    private final boolean isMaximised;
    private final Duration elapsed;
    private final End end;
    private final List<String> warnings;
    /** Made when first asked for; threads may make it twice, but it is the same. */
    private volatile @Nullable Recommendation recommended;

    private StudyResult(
            SearchSpace space,
            List<Trial> trials,
            boolean isMaximised,
            Duration elapsed,
            End end,
            List<String> warnings) {
        this.space = space;
        this.trials = List.copyOf(trials);
        this.isMaximised = isMaximised;
        this.elapsed = elapsed;
        this.end = end;
        this.warnings = List.copyOf(warnings);
        this.best = Best.of(this.trials, isMaximised);
    }

    /** From the trials of a study, in which lower is better. */
    static StudyResult of(
            SearchSpace space,
            List<Trial> inner,
            boolean isMaximised,
            Duration elapsed,
            End end,
            List<String> warnings) {
        List<Trial> trials =
                isMaximised ? inner.stream().map(StudyResult::negated).toList() : inner;
        return new StudyResult(space, trials, isMaximised, elapsed, end, warnings);
    }

    /** The completed trial of the best value, the earliest among equals; empty if none completed. */
    public Optional<Trial> bestTrial() {
        return best;
    }

    /**
     * The configuration to use, and what to expect of it: where the values are noisy not that of {@link #bestTrial()},
     * which was lucky, but the one with the best posterior mean. Worked out with the first call, in some tenths of a
     * second at most.
     *
     * @return empty if no trial completed
     */
    public Optional<Recommendation> recommended() {
        Recommendation known = recommended;
        if (known == null) {
            known = (isMaximised ? Recommendation.ofMaximised(space, trials) : Recommendation.of(space, trials))
                    .orElse(null);
            recommended = known;
        }
        return Optional.ofNullable(known);
    }

    /**
     * The configuration of the best trial.
     *
     * @throws BudgetException if no trial completed; the message tells the first failure's cause
     */
    public Configuration bestConfiguration() {
        return bestOrFail().configuration();
    }

    /**
     * The best value.
     *
     * @throws BudgetException if no trial completed; the message tells the first failure's cause
     */
    public double value() {
        return bestOrFail().value().orElseThrow();
    }

    /** The best trial's value of a parameter; {@link #bestConfiguration()} tells what it throws. */
    public <T> T get(Parameter<T> parameter) {
        return bestConfiguration().get(parameter);
    }

    /** All trials in number order, those of earlier runs in the same storage included. */
    public List<Trial> trials() {
        return trials;
    }

    /** What mattered and how the search went, as data and as a page to look at; worked out with each call. */
    public StudyInsight insight() {
        return isMaximised ? StudyInsight.ofMaximised(space, trials) : StudyInsight.of(space, trials);
    }

    /** Wall-clock time of this run. */
    public Duration elapsed() {
        return elapsed;
    }

    /** Why the study ended. */
    public End end() {
        return end;
    }

    /** What the user should know, such as damage that was found in the storage and what became of it. */
    public List<String> warnings() {
        return warnings;
    }

    public boolean isMaximised() {
        return isMaximised;
    }

    /** The best trial, and where noise makes another configuration the better choice that one too. */
    @Override
    public String toString() {
        return summary()
                + recommended()
                        .filter(Recommendation::differs)
                        .map(other -> "; recommended: %s expected of %s, as the noise is about %.2g"
                                .formatted(other.expectedValue(), other.configuration(), other.noiseDeviation()))
                        .orElse("");
    }

    /** What is known without any work. */
    String summary() {
        return "%d trials in %.1f s, best: %s"
                .formatted(
                        trials.size(),
                        elapsed.toNanos() * 1e-9,
                        best.map(trial -> "%s with %s".formatted(trial.value().orElseThrow(), trial.configuration()))
                                .orElse("none"));
    }

    private Trial bestOrFail() {
        return best.orElseThrow(() -> {
            Optional<String> cause = trials.stream()
                    .filter(trial -> trial.outcome() instanceof TrialOutcome.Failed)
                    .map(trial -> ((TrialOutcome.Failed) trial.outcome()).cause())
                    .findFirst();
            return new BudgetException(
                    cause.map(text -> "None of %d trials completed; the first failure: %s. Mend the objective."
                                    .formatted(trials.size(), text))
                            .orElseGet(() -> "None of %d trials completed within the budget. Grant more time or trials."
                                    .formatted(trials.size())));
        });
    }

    private static Trial negated(Trial trial) {
        TrialOutcome outcome = trial.outcome();
        if (outcome instanceof TrialOutcome.Completed completed) {
            outcome = new TrialOutcome.Completed(
                    completed.values().stream().map(value -> 0.0 - value).toList(),
                    completed.violations(),
                    completed.seconds());
        } else if (outcome instanceof TrialOutcome.Pruned pruned) {
            outcome = new TrialOutcome.Pruned(0.0 - pruned.value(), pruned.seconds());
        } else if (outcome instanceof TrialOutcome.Paused paused) {
            outcome = new TrialOutcome.Paused(0.0 - paused.value(), paused.seconds());
        }
        List<Trial.Report> reports = trial.reports().stream()
                .map(report -> new Trial.Report(report.step(), 0.0 - report.value()))
                .toList();
        return new Trial(trial.number(), trial.configuration(), reports, outcome, trial.attributes());
    }

    /** Picks the best of trials whose values have the caller's sign. */
    private static final class Best {
        static Optional<Trial> of(List<Trial> trials, boolean isMaximised) {
            Comparator<Trial> byValue =
                    Comparator.comparing(trial -> trial.value().orElseThrow());
            return trials.stream()
                    .filter(trial -> trial.value().isPresent())
                    .min((isMaximised ? byValue.reversed() : byValue).thenComparing(Trial::number));
        }
    }
}
