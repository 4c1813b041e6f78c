package org.autotuner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Cancellation;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.Ticker;
import org.autotuner.prune.Pruner;
import org.autotuner.study.EventDispatcher;
import org.autotuner.study.StopRule;
import org.autotuner.study.StudyEvent;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.StudyListener;
import org.autotuner.study.StudyLog;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialHistory;
import org.autotuner.study.TrialOutcome;
import org.jspecify.annotations.Nullable;

/** The loop around a study: one coordinator, which is the calling thread, and daemon threads for the objective. */
final class ObjectiveRun implements AutoCloseable {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long OTHERS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final StudyBook book;
    private final Evaluation evaluation;
    private final boolean isMaximised;
    private final Pruner pruner;
    private final Budget budget;
    private final int trialLimit;
    private final int workers;
    private final Cancellation cancellation;
    private final Deadline deadline;
    private final List<StopRule> stopRules;
    private final EventDispatcher events;
    private final BlockingQueue<ObjectiveTrial.Message> messages = new LinkedBlockingQueue<>();
    private final Map<Integer, Thread> running = new HashMap<>();
    private final long start = System.nanoTime();
    private volatile TrialHistory latest = TrialHistory.of(List.of());
    private double lowest = Double.POSITIVE_INFINITY;
    private int next;
    private int warned;
    private StudyResult.@Nullable End end;

    ObjectiveRun(
            StudyBook book,
            Evaluation evaluation,
            boolean isMaximised,
            Pruner pruner,
            Budget budget,
            int workers,
            Cancellation cancellation,
            List<StopRule> stopRules,
            List<StudyListener> listeners) {
        this.book = book;
        this.evaluation = evaluation;
        this.isMaximised = isMaximised;
        this.pruner = pruner;
        this.budget = budget;
        this.trialLimit = budget.trials().orElse(Integer.MAX_VALUE);
        this.workers = workers;
        this.cancellation = cancellation;
        this.deadline = budget.time()
                .map(time -> Deadline.after(time, Ticker.system(), cancellation))
                .orElseGet(() -> Deadline.unlimited(cancellation));
        this.stopRules = List.copyOf(stopRules);
        this.events = EventDispatcher.to(listeners);
    }

    StudyResult run() {
        events.publish(new StudyEvent.StudyStarted(budget));
        latest = book.log().history();
        lowest = latest.best().flatMap(Trial::value).orElse(Double.POSITIVE_INFINITY);
        boolean isInterrupted = false;
        try {
            loop();
        } catch (InterruptedException e) {
            isInterrupted = true;
            cancellation.cancel();
        }
        StudyResult result = StudyResult.of(
                book.space(),
                trials(),
                isMaximised,
                Duration.ofNanos(System.nanoTime() - start),
                cancellation.isCancelled() ? StudyResult.End.CANCELLED : end == null ? StudyResult.End.TIME : end,
                book.warnings());
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        events.publish(new StudyEvent.StudyFinished(result.summary()));
        return result;
    }

    @Override
    public void close() {
        running.values().forEach(Thread::interrupt);
        events.close();
    }

    private void loop() throws InterruptedException {
        while (!deadline.isOver()) {
            while (running.size() < workers && (book.isShared() ? startShared() : end == null && startNext())) {
                // as many as there are workers
            }
            if (book.flush()) {
                latest = book.log().history();
            }
            warn();
            if (running.isEmpty() && !isOthersTurn()) {
                return;
            }
            await(Math.min(running.isEmpty() ? OTHERS_NANOS : POLL_NANOS, deadline.remainingNanos()));
        }
        long graceEnd = System.nanoTime() + GRACE_NANOS;
        while (!running.isEmpty() && System.nanoTime() < graceEnd) {
            await(graceEnd - System.nanoTime());
        }
        book.flush();
    }

    /** Waits for a message, and handles all that have come. */
    private void await(long nanos) throws InterruptedException {
        ObjectiveTrial.Message message = messages.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        boolean hasEnded = false;
        while (message != null) {
            if (message instanceof ObjectiveTrial.Message.Reported reported && running.containsKey(reported.trial())) {
                book.report(reported.trial(), reported.report());
            } else if (message instanceof ObjectiveTrial.Message.Ended ended) {
                finish(ended);
                hasEnded = true;
            }
            message = messages.poll();
        }
        if (hasEnded && isUnordered()) {
            latest = book.log().history();
        }
    }

    /** Starts the next trial; false if none may be started now. */
    private boolean startNext() {
        while (next < book.log().turns() && book.log().hasEnded(next)) {
            next++; // an earlier run finished it
        }
        int known = isUnordered() ? Integer.MAX_VALUE : Math.max(0, next - workers + 1);
        if (!isUnordered() && book.log().ended() < known) {
            return false;
        }
        TrialHistory history = isUnordered() ? book.log().history() : book.log().history(known, next);
        Optional<Trial> promoted = pruner.promote(history);
        if (pruner.isPausing() && promoted.isEmpty() && !isNewTrial()) {
            if (!running.isEmpty()) {
                return false; // what runs may yet let a paused trial go on
            }
            history = book.log().history(next, next);
            promoted = pruner.promote(history);
        }
        int number = next < book.log().turns()
                ? book.log().trialOfTurn(next)
                : promoted.map(Trial::number).orElse(book.log().size());
        if (number >= trialLimit) {
            end = StudyResult.End.TRIALS;
            return false;
        }
        if (isStopped(history)) {
            end = StudyResult.End.STOP_RULE;
            return false;
        }
        Optional<Trial> started = book.start(number, history);
        if (started.isEmpty()) {
            end = StudyResult.End.SPACE_EXHAUSTED;
            return false;
        }
        book.flush();
        next++;
        TrialHistory fixed = history;
        launch(started.get(), isUnordered() ? () -> latest : () -> fixed);
        return true;
    }

    /** Whether the next turn is that of a trial that was not there before, and not of one that goes on. */
    private boolean isNewTrial() {
        StudyLog log = book.log();
        if (next == log.turns()) {
            return log.size() < trialLimit;
        }
        int number = log.trialOfTurn(next);
        return java.util.stream.IntStream.range(0, next).noneMatch(turn -> log.trialOfTurn(turn) == number);
    }

    /** Starts a trial of a study that other processes run too; false if none may be started now. */
    private boolean startShared() {
        if (end == StudyResult.End.STOP_RULE) {
            return false;
        }
        if (book.refresh()) {
            latest = book.log().history();
        }
        Optional<Trial> started = book.claimAbandoned(trialLimit).or(() -> book.claimPromoted(pruner));
        if (started.isEmpty() && end == null) {
            if (isStopped(latest)) {
                end = StudyResult.End.STOP_RULE;
                return false;
            }
            started = book.claimNext(trialLimit);
            if (started.isEmpty()) {
                end = book.log().size() >= trialLimit ? StudyResult.End.TRIALS : StudyResult.End.SPACE_EXHAUSTED;
            }
        }
        started.ifPresent(trial -> launch(trial, () -> latest));
        return started.isPresent();
    }

    /** Whether other processes still run trials, which are this one's if they die. */
    private boolean isOthersTurn() {
        return book.isShared()
                && end != StudyResult.End.STOP_RULE
                && book.log().runningTrials().keySet().stream().anyMatch(number -> number < trialLimit);
    }

    private void warn() {
        List<String> all = book.warnings();
        all.subList(warned, all.size()).forEach(text -> events.publish(new StudyEvent.Warning(text)));
        warned = all.size();
    }

    private void launch(Trial trial, Supplier<StudyHistory> known) {
        events.publish(new StudyEvent.TrialStarted(trial));
        ObjectiveTrial work = new ObjectiveTrial(
                trial,
                book.log().secondsBefore(trial.number()),
                evaluation,
                isMaximised,
                pruner,
                known,
                deadline,
                messages);
        Thread thread = new Thread(work, "autotuner-trial-" + trial.number());
        thread.setDaemon(true);
        running.put(trial.number(), thread);
        thread.start();
    }

    private void finish(ObjectiveTrial.Message.Ended ended) {
        running.remove(ended.trial());
        TrialOutcome outcome = ended.outcome();
        if (outcome instanceof TrialOutcome.Cancelled) {
            return; // not in the journal, so that the next run evaluates it
        }
        book.finish(ended.trial(), outcome, ended.attributes());
        Trial trial = book.log().trial(ended.trial());
        events.publish(new StudyEvent.TrialFinished(trial));
        if (outcome instanceof TrialOutcome.Failed failed) {
            events.publish(new StudyEvent.Warning("Trial %d failed: %s".formatted(trial.number(), failed.cause())));
        }
        double value = trial.isFeasible() ? trial.value().orElseThrow() : Double.POSITIVE_INFINITY;
        if (value < lowest) {
            lowest = value;
            events.publish(new StudyEvent.BestImproved(trial, value));
        }
    }

    /** In a budget of time alone, and among several processes, nobody waits for the order of trials. */
    private boolean isUnordered() {
        return book.isShared() || budget.trials().isEmpty();
    }

    private boolean isStopped(StudyHistory history) {
        if (stopRules.isEmpty()) {
            return false;
        }
        TrialHistory finished = TrialHistory.of(
                history.trials().stream().filter(trial -> !trial.isRunning()).toList());
        return stopRules.stream().anyMatch(rule -> rule.shouldStop(finished));
    }

    /** All trials; those that were left behind count as cancelled. */
    private List<Trial> trials() {
        List<Trial> trials = new ArrayList<>();
        double seconds = (System.nanoTime() - start) * 1e-9;
        for (Trial trial : book.log().history().trials()) {
            trials.add(trial.isRunning() ? trial.withOutcome(new TrialOutcome.Cancelled(seconds)) : trial);
        }
        return trials;
    }
}
