package org.autotuner;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.autotuner.budget.Deadline;
import org.autotuner.prune.Pruner;
import org.autotuner.study.RunningTrial;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;

/** One evaluation of an objective on a worker thread; the coordinator hears of it through its queue alone. */
final class ObjectiveTrial implements Runnable, RunningTrial.Owner {

    /** What a worker tells the coordinator. */
    sealed interface Message {
        int trial();

        record Reported(int trial, Trial.Report report) implements Message {}

        record Ended(int trial, TrialOutcome outcome, Map<String, String> attributes) implements Message {}
    }

    private enum Stop {
        NONE,
        PRUNED,
        CANCELLED
    }

    private final RunningTrial trial;
    private final double secondsBefore;
    private final Evaluation evaluation;
    private final Pruner pruner;
    private final Supplier<StudyHistory> known;
    private final Deadline deadline;
    private final BlockingQueue<Message> messages;
    private volatile Stop stop = Stop.NONE;

    ObjectiveTrial(
            Trial started,
            double secondsBefore,
            Evaluation evaluation,
            boolean isMaximised,
            Pruner pruner,
            Supplier<StudyHistory> known,
            Deadline deadline,
            BlockingQueue<Message> messages) {
        this.trial = new RunningTrial(started, isMaximised, this);
        this.secondsBefore = secondsBefore;
        this.evaluation = evaluation;
        this.pruner = pruner;
        this.known = known;
        this.deadline = deadline;
        this.messages = messages;
    }

    @Override
    public void run() {
        long start = System.nanoTime() - Math.round(secondsBefore * 1e9);
        TrialOutcome outcome;
        try {
            outcome = outcome(evaluation.of(trial), seconds(start));
        } catch (Throwable e) { // an error of the objective, such as too little memory, ends its trial, not the study
            outcome = deadline.isOver() && stop == Stop.CANCELLED
                    ? new TrialOutcome.Cancelled(seconds(start))
                    : new TrialOutcome.Failed(Causes.of(e), seconds(start));
        }
        messages.add(new Message.Ended(trial.number(), outcome, trial.soFar().attributes()));
    }

    @Override
    public void reported(int number, Trial.Report report) {
        messages.add(new Message.Reported(number, report));
    }

    @Override
    public boolean shouldStop(Trial soFar) {
        if (stop == Stop.NONE) {
            if (deadline.isOver()) {
                stop = Stop.CANCELLED;
            } else if (!soFar.reports().isEmpty() && pruner.shouldPrune(soFar, known.get())) {
                stop = Stop.PRUNED;
            }
        }
        return stop != Stop.NONE;
    }

    private TrialOutcome outcome(Evaluation.Measured measured, double seconds) {
        Stop reason = stop;
        if (reason == Stop.CANCELLED) {
            return new TrialOutcome.Cancelled(seconds);
        }
        if (reason == Stop.PRUNED) {
            java.util.List<Trial.Report> reports = trial.soFar().reports();
            double last = reports.get(reports.size() - 1).value();
            return pruner.isPausing() ? new TrialOutcome.Paused(last, seconds) : new TrialOutcome.Pruned(last, seconds);
        }
        return measured.isNumber()
                ? new TrialOutcome.Completed(measured.values(), measured.violations(), seconds)
                : new TrialOutcome.Failed("the objective returned NaN", seconds);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }
}
