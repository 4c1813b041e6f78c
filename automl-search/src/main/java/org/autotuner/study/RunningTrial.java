package org.autotuner.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.autotuner.budget.FitProgress;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;

/**
 * What an objective holds while it runs: its parameters, and a line to the study. Values have the caller's sign: the
 * study knows whether it minimises or maximises. Thread-safe.
 */
public final class RunningTrial {

    /** The study behind a running trial; called by the objective's threads. */
    public interface Owner {

        /** An intermediate value was reported; lower is better. */
        void reported(int trial, Trial.Report report);

        /** Whether the trial should end now, by the pruner, the deadline or a cancel. */
        boolean shouldStop(Trial soFar);
    }

    private final int number;
    private final Configuration configuration;
    private final boolean isMaximised;
    private final Owner owner;
    private final List<Trial.Report> reports = new ArrayList<>();
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final int reportsBefore;

    /** A trial that begins now; for those who run a study. */
    public RunningTrial(int number, Configuration configuration, boolean isMaximised, Owner owner) {
        this(Trial.running(number, configuration), isMaximised, owner);
    }

    /** A trial that begins now, or goes on after a pause if it has reports; for those who run a study. */
    public RunningTrial(Trial started, boolean isMaximised, Owner owner) {
        this.number = started.number();
        this.configuration = started.configuration();
        this.isMaximised = isMaximised;
        this.owner = owner;
        this.reportsBefore = started.reports().size();
        reports.addAll(started.reports());
        attributes.putAll(started.attributes());
    }

    /** 0 for the first trial of the study. */
    public int number() {
        return number;
    }

    public Configuration configuration() {
        return configuration;
    }

    /**
     * The value of a parameter in this trial.
     *
     * @throws IllegalArgumentException if the parameter is not active here
     */
    public <T> T get(Parameter<T> parameter) {
        return configuration.get(parameter);
    }

    /**
     * Reports an intermediate value, such as the validation loss after an epoch; fits callbacks as
     * {@code trial::report}. A value that is not a number is kept and counts as worst. In a trial that goes on after a
     * pause the steps up to {@link #resumedFromStep()} are known and passed over, so that an objective without a
     * checkpoint may simply begin again.
     *
     * @param step number of finished steps; reports come in the order of their steps
     * @throws IllegalArgumentException if the step is not above the last reported one
     */
    public void report(int step, double value) {
        double lowerIsBetter = isMaximised ? 0.0 - value : value;
        Trial.Report report = new Trial.Report(step, Double.isNaN(value) ? Double.POSITIVE_INFINITY : lowerIsBetter);
        synchronized (this) {
            if (reportsBefore > 0 && step <= reports.get(reportsBefore - 1).step()) {
                return;
            }
            if (!reports.isEmpty() && reports.get(reports.size() - 1).step() >= step) {
                throw new IllegalArgumentException("Trial %d reported step %d after step %d: steps must increase."
                        .formatted(number, step, reports.get(reports.size() - 1).step()));
            }
            reports.add(report);
        }
        owner.reported(number, report);
    }

    /**
     * Whether the objective should return now: the trial does not promise enough, the time is up or somebody cancelled.
     * Once it answered true the returned value is not used, the last reported one is.
     */
    public boolean shouldStop() {
        Trial soFar = soFar();
        boolean hasNews = soFar.reports().size() > reportsBefore;
        return owner.shouldStop(hasNews ? soFar : soFar.asRunning()); // what was reported before a pause is judged
    }

    /**
     * The last step that was reported before the trial was paused: from here a checkpoint of the objective goes on. Empty
     * for a trial that begins.
     */
    public synchronized OptionalInt resumedFromStep() {
        return reportsBefore == 0
                ? OptionalInt.empty()
                : OptionalInt.of(reports.get(reportsBefore - 1).step());
    }

    /** This trial as a callback of a fit: reports each step and tells it when to stop. */
    public FitProgress progress() {
        return (step, error) -> {
            report(step, error);
            return !shouldStop();
        };
    }

    /** Notes something about the trial, kept with it in the journal. */
    public synchronized void setAttribute(String name, String value) {
        attributes.put(name, value);
    }

    /** What was noted, also before a pause: such as where a checkpoint lies. */
    public synchronized Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /** The trial as it stands; lower values are better. */
    public synchronized Trial soFar() {
        return new Trial(number, configuration, reports, null, attributes);
    }
}
