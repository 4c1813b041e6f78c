package org.autotuner.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.space.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * One configuration that was tried, or is running. Immutable and thread-safe.
 *
 * @param number 0 for the first trial of the study
 * @param reports intermediate values in step order
 * @param outcome null while it runs
 * @param attributes what the user or the search noted, such as fold scores
 */
public record Trial(
        int number,
        Configuration configuration,
        List<Report> reports,
        @Nullable TrialOutcome outcome,
        Map<String, String> attributes) {

    /** An intermediate value: lower is better, as for outcomes. */
    public record Report(int step, double value) {}

    public Trial {
        reports = List.copyOf(reports);
        attributes = Map.copyOf(attributes);
    }

    public static Trial running(int number, Configuration configuration) {
        return new Trial(number, configuration, List.of(), null, Map.of());
    }

    public Trial withOutcome(TrialOutcome given) {
        return new Trial(number, configuration, reports, given, attributes);
    }

    public Trial withReport(Report report) {
        List<Report> more = new java.util.ArrayList<>(reports);
        more.add(report);
        return new Trial(number, configuration, more, outcome, attributes);
    }

    /** A copy with these attributes instead. */
    public Trial withAttributes(Map<String, String> given) {
        return new Trial(number, configuration, reports, outcome, given);
    }

    /** As others may see it before it ended: without outcome, reports and attributes. */
    public Trial asRunning() {
        return running(number, configuration);
    }

    /** As it goes on after a pause: with its reports and attributes, without outcome. */
    Trial asResumed() {
        return new Trial(number, configuration, reports, null, attributes);
    }

    public boolean isRunning() {
        return outcome == null;
    }

    /** Whether it completed and kept all constraints of the study, if there are any. */
    public boolean isFeasible() {
        return outcome instanceof TrialOutcome.Completed completed && completed.isFeasible();
    }

    /** The value of a completed trial (lower is better), else empty; with several objectives that of the first. */
    public Optional<Double> value() {
        return outcome instanceof TrialOutcome.Completed completed
                ? Optional.of(completed.values().get(0))
                : Optional.empty();
    }
}
