package org.autotuner;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.autotuner.budget.Cancellation;
import org.autotuner.insight.StudyInsight;
import org.autotuner.optimize.Recommendation;
import org.autotuner.prune.Pruner;
import org.autotuner.space.Configuration;
import org.autotuner.study.RunningTrial;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;

/**
 * Ask and tell, for code that runs its own loop; made by {@link ObjectiveSearch#open()}. With a shared storage any number
 * of processes ask and tell at the same time: no trial is handed out twice, but for those of processes that died.
 * Thread-safe.
 *
 * <pre>{@code
 * try (Study study = ObjectiveSearch.minimize(space).seed(7).open()) {
 *     for (int i = 0; i < 50; i++) {
 *         RunningTrial trial = study.ask().orElseThrow();
 *         study.tell(trial, loss(trial.get(rate)));
 *     }
 *     Configuration best = study.recommend().orElseThrow().configuration();
 * }
 * }</pre>
 */
public final class Study implements AutoCloseable, RunningTrial.Owner {

    private final StudyBook book;
    private final boolean isMaximised;
    private final Pruner pruner;
    private final Cancellation cancellation;
    private final Map<Integer, Long> starts = new HashMap<>();
    private final Map<Integer, RunningTrial> asked = new HashMap<>();
    private final Set<Integer> behind = ConcurrentHashMap.newKeySet();
    private int next;

    Study(StudyBook book, boolean isMaximised, Pruner pruner, Cancellation cancellation) {
        this.book = book;
        this.isMaximised = isMaximised;
        this.pruner = pruner;
        this.cancellation = cancellation;
    }

    /**
     * The next trial: first those that an earlier run, or another process that died, left unfinished, then those that were
     * {@linkplain #enqueue enqueued}, then one that the pruner paused and lets go on now, under its old number, then a new
     * one. Empty if the space is exhausted.
     */
    public synchronized Optional<RunningTrial> ask() {
        if (book.isShared()) {
            book.refresh();
            return book.claimAbandoned(Integer.MAX_VALUE)
                    .or(() -> book.log().enqueued().isPresent() ? Optional.empty() : book.claimPromoted(pruner))
                    .or(() -> book.claimNext(Integer.MAX_VALUE))
                    .map(this::begin);
        }
        while (next < book.log().size() && !book.log().trial(next).isRunning()) {
            next++;
        }
        StudyHistory history = book.log().history();
        int number = next < book.log().size() || book.log().enqueued().isPresent()
                ? next
                : pruner.promote(history).map(Trial::number).orElse(next);
        Optional<Trial> started = book.start(number, history);
        book.flush();
        if (started.isEmpty()) {
            return Optional.empty();
        }
        next += number == next ? 1 : 0;
        return started.map(this::begin);
    }

    private RunningTrial begin(Trial started) {
        int number = started.number();
        behind.remove(number);
        starts.put(number, System.nanoTime() - Math.round(book.log().secondsBefore(number) * 1e9));
        RunningTrial trial = new RunningTrial(started, isMaximised, this);
        asked.put(number, trial);
        return trial;
    }

    /**
     * Has a configuration tried next, before what the optimizer proposes; several in the order given, and also one that
     * was tried before. It waits in the storage, so the next run, or another process, hands it out if this one does not.
     *
     * @throws IllegalArgumentException if it does not lie in the space
     */
    public synchronized void enqueue(Configuration configuration) {
        if (!book.space().contains(configuration)) {
            throw new IllegalArgumentException(
                    "%s does not lie in the space %s.".formatted(configuration, book.space()));
        }
        book.enqueue(configuration);
    }

    /**
     * Ends a trial with its value; NaN makes it a failed one.
     *
     * @throws IllegalArgumentException if the trial has ended already or is not of this study
     */
    public void tell(RunningTrial trial, double value) {
        if (Double.isNaN(value)) {
            fail(trial, "the value told was NaN");
        } else {
            end(trial, new TrialOutcome.Completed(isMaximised ? 0.0 - value : value, seconds(trial)));
        }
    }

    /** Ends a trial with what it was measured to be, in the study's sign. */
    void tell(RunningTrial trial, Evaluation.Measured measured) {
        if (measured.isNumber()) {
            end(trial, new TrialOutcome.Completed(measured.values(), measured.violations(), seconds(trial)));
        } else {
            fail(trial, "a value told was NaN");
        }
    }

    /**
     * Ends a running trial, also one that another process asked for, with its value.
     *
     * @throws IllegalArgumentException if there is no such trial, it has ended already, or the value is NaN
     */
    public synchronized void tell(int number, double value) {
        book.refresh();
        if (number < 0
                || number >= book.log().size()
                || !book.log().trial(number).isRunning()) {
            throw new IllegalArgumentException(
                    "Trial %d does not run: it has ended, or nobody asked for it.".formatted(number));
        }
        Long start = starts.get(number);
        TrialOutcome outcome = new TrialOutcome.Completed(
                isMaximised ? 0.0 - value : value, start == null ? 0 : (System.nanoTime() - start) * 1e-9);
        starts.remove(number);
        RunningTrial own = asked.remove(number);
        book.finish(number, outcome, own == null ? Map.of() : own.soFar().attributes());
        book.flush();
    }

    /** Ends a trial that failed; {@link #tell} says what it throws. */
    public void fail(RunningTrial trial, String cause) {
        end(trial, new TrialOutcome.Failed(cause, seconds(trial)));
    }

    /**
     * Ends a trial early with its last reported value, or sets it aside if the pruner is one that pauses and asked for
     * it; {@link #tell} says what else it throws.
     *
     * @throws IllegalArgumentException if it reported nothing
     */
    public void prune(RunningTrial trial) {
        List<Trial.Report> reports = trial.soFar().reports();
        if (reports.isEmpty()) {
            throw new IllegalArgumentException(
                    "Trial %d reported no value: report one, or use fail.".formatted(trial.number()));
        }
        double last = reports.get(reports.size() - 1).value();
        end(
                trial,
                pruner.isPausing() && behind.contains(trial.number())
                        ? new TrialOutcome.Paused(last, seconds(trial))
                        : new TrialOutcome.Pruned(last, seconds(trial)));
    }

    /**
     * The configuration to use so far, and what to expect of it: under noise the one with the best posterior mean, not the
     * luckiest observation; both are in the answer. Values have the caller's sign. Takes some tenths of a second at most,
     * in which others may ask and tell.
     *
     * @return empty if no trial completed
     */
    public Optional<Recommendation> recommend() {
        return soFar().recommended();
    }

    /** The best completed value in the caller's sign. */
    public synchronized Optional<Double> bestValue() {
        book.refresh();
        return book.log().history().best().flatMap(Trial::value).map(value -> isMaximised ? 0.0 - value : value);
    }

    /** What mattered so far, and how the search went. */
    public StudyInsight insight() {
        return soFar().insight();
    }

    private StudyResult soFar() {
        return StudyResult.of(
                book.space(), history().trials(), isMaximised, Duration.ZERO, StudyResult.End.CANCELLED, List.of());
    }

    /** All trials so far; lower is better in it. */
    public synchronized StudyHistory history() {
        book.refresh();
        return book.log().history();
    }

    @Override
    public synchronized void reported(int trial, Trial.Report report) {
        if (!starts.containsKey(trial)) {
            throw new IllegalArgumentException("Trial %d has ended: report before telling its value.".formatted(trial));
        }
        book.report(trial, report);
        book.flush();
    }

    @Override
    public boolean shouldStop(Trial soFar) {
        boolean isBehind = !soFar.reports().isEmpty() && pruner.shouldPrune(soFar, known());
        if (isBehind) {
            behind.add(soFar.number());
        }
        return isBehind || cancellation.isCancelled();
    }

    /** Without asking a shared storage for news: a report did that just before. */
    private synchronized StudyHistory known() {
        return book.log().history();
    }

    /** What the user should know about the storage, such as damage that was found and what became of it. */
    public synchronized List<String> warnings() {
        return book.warnings();
    }

    /** Releases the storage. Trials that were not told about are handed out again by the next run. */
    @Override
    public synchronized void close() {
        book.close();
    }

    private synchronized double seconds(RunningTrial trial) {
        Long start = starts.get(trial.number());
        return start == null ? 0 : (System.nanoTime() - start) * 1e-9;
    }

    private synchronized void end(RunningTrial trial, TrialOutcome outcome) {
        if (starts.remove(trial.number()) == null) {
            throw new IllegalArgumentException(
                    "Trial %d has ended already, or belongs to another study.".formatted(trial.number()));
        }
        asked.remove(trial.number());
        book.finish(trial.number(), outcome, trial.soFar().attributes());
        book.flush();
    }
}
