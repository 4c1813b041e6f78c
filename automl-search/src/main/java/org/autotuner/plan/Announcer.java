package org.autotuner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Ticker;
import org.autotuner.execute.FoldOutcome;
import org.autotuner.study.EventDispatcher;
import org.autotuner.study.StopRule;
import org.autotuner.study.StudyEvent;
import org.autotuner.study.StudyListener;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;

/** Tells the listeners what happens, and keeps the history that stop rules ask. Used by the coordinator alone. */
final class Announcer implements AutoCloseable {

    private final EventDispatcher dispatcher;
    private final Ticker ticker;
    private final long start;
    private final List<Trial> history = new ArrayList<>();
    private double baseline = Double.POSITIVE_INFINITY;
    private double firstModelSeconds = Double.NaN;

    Announcer(List<StudyListener> listeners, Ticker ticker, long start) {
        this.dispatcher = EventDispatcher.to(listeners);
        this.ticker = ticker;
        this.start = start;
    }

    void started(Budget budget) {
        dispatcher.publish(new StudyEvent.StudyStarted(budget));
    }

    /** The error of the prior: the first model below it is the first model. */
    void baseline(double error) {
        baseline = error;
    }

    void phase(String name) {
        dispatcher.publish(new StudyEvent.PhaseChanged(name));
    }

    void warning(String message) {
        dispatcher.publish(new StudyEvent.Warning(message));
    }

    void familySkipped(String family, String reason) {
        dispatcher.publish(new StudyEvent.FamilySkipped(family, reason));
    }

    void trialStarted(TrialState trial) {
        dispatcher.publish(new StudyEvent.TrialStarted(Trial.running(trial.number(), trial.proposed())));
    }

    void foldFinished(TrialState trial, FoldOutcome.Fitted fold) {
        dispatcher.publish(
                new StudyEvent.FoldFinished(trial.number(), fold.task().fold(), fold.error(), fold.seconds()));
    }

    void trialFinished(FinishedTrial finished, boolean isBest) {
        if (Double.isNaN(firstModelSeconds) && finished.error() < baseline) {
            firstModelSeconds = (ticker.nanos() - start) * 1e-9;
        }
        Trial trial = new Trial(
                finished.number(),
                finished.configuration(),
                List.of(),
                new TrialOutcome.Completed(finished.error(), finished.seconds()),
                Map.of("family", finished.family()));
        history.add(trial);
        dispatcher.publish(new StudyEvent.TrialFinished(trial));
        if (isBest) {
            dispatcher.publish(new StudyEvent.BestImproved(trial, finished.error()));
        }
    }

    void trialEnded(TrialState state, TrialOutcome outcome) {
        Trial trial = Trial.running(state.number(), state.configuration()).withOutcome(outcome);
        history.add(trial);
        dispatcher.publish(new StudyEvent.TrialFinished(trial));
    }

    void finished(FitReport report) {
        dispatcher.publish(new StudyEvent.StudyFinished(report.toString()));
    }

    boolean isStoppedBy(List<StopRule> rules) {
        return !rules.isEmpty() && rules.stream().anyMatch(rule -> rule.shouldStop(TrialHistory.of(history)));
    }

    /** Seconds from the call of fit to the first finished trial that was better than the prior; NaN before. */
    double firstModelSeconds() {
        return firstModelSeconds;
    }

    @Override
    public void close() {
        dispatcher.close();
    }
}
