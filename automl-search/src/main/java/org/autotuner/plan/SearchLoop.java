package org.autotuner.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.execute.FoldOutcome;
import org.autotuner.execute.FoldTask;
import org.autotuner.execute.StudyData;
import org.autotuner.execute.TrialExecutor;
import org.autotuner.prune.Pruner;
import org.autotuner.study.TrialOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The search: one coordinator thread that alone knows the study. The unit of work is one fold of one trial, so all
 * workers are busy to the end; folds of trials under way go before new trials. With a limit on trials instead of time,
 * trial n is proposed and screened by what trials 0 to n-q left (q workers), so that the result depends on no clock.
 */
final class SearchLoop {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int FIRST = 1;
    private static final double FIRST_SHARE = 0.004;
    /** As much of the time is the first trial granted where it is expected to end by itself. */
    private static final double LARGEST_FIRST_SHARE = 0.02;

    private final StudyData data;
    private final BudgetPlan plan;
    private final TrialPlanner planner;
    private final Deadline deadline;
    private final Deadline joins;
    private final TrialExecutor executor;
    private final Proposals proposals;
    private final OutOfFold outOfFold;
    private final Candidates candidates;
    private final EnsembleGain gains;
    private final TrialLedger ledger;
    private final Announcer announcer;
    private final Pruner pruner;
    private final BooleanSupplier userStops;
    private final boolean isTimed;
    private final double totalSeconds;
    private final double[] baseline;
    private final List<TrialState> active = new ArrayList<>();
    private final Map<String, String> without = new LinkedHashMap<>();
    private int nextNumber = 1;
    private int running;

    /**
     * A search that has not begun.
     *
     * @param deadline of all fits
     * @param joins a little later: until then the folds of a trial that came in time may be joined
     * @param baseline error of the prior on each fold
     */
    SearchLoop(SearchContext context, Deadline deadline, Deadline joins, TrialExecutor executor, double[] baseline) {
        this.data = context.data();
        this.plan = context.plan();
        this.deadline = deadline;
        this.joins = joins;
        this.executor = executor;
        this.planner = new TrialPlanner(context, deadline, executor.workers());
        this.proposals = context.proposals();
        this.outOfFold = context.outOfFold();
        this.candidates = context.candidates();
        this.gains = context.gains();
        this.ledger = context.ledger();
        this.announcer = context.announcer();
        this.pruner = context.pruner();
        this.userStops = context.userStops();
        this.isTimed = deadline.hasLimit();
        this.totalSeconds = deadline.remainingSeconds();
        this.baseline = baseline.clone();
    }

    /** Runs until the deadline, the trial limit, a stop rule, or nothing is left to try. */
    void run() {
        if (isTimed) {
            ledger.finishedTrials().forEach(this::restore);
        }
        while (!deadline.isOver() && !Thread.currentThread().isInterrupted()) {
            while (running < executor.workers()) {
                FoldTask task = nextTask();
                if (task == null) {
                    break;
                }
                executor.submit(task);
                running++;
            }
            if (running == 0) {
                return;
            }
            Optional<FoldOutcome> outcome = executor.poll(shorter(POLL, deadline));
            if (outcome.isPresent()) {
                running--;
                handle(outcome.get());
            }
        }
        drain();
    }

    /** Families without a finished trial, with the reason. */
    Map<String, String> without() {
        return Map.copyOf(without);
    }

    /** Outcomes that arrived together with the end of the time still count. */
    private void drain() {
        Optional<FoldOutcome> outcome = executor.poll(Duration.ZERO);
        while (outcome.isPresent()) {
            running--;
            handle(outcome.get());
            outcome = executor.poll(Duration.ZERO);
        }
    }

    private @Nullable FoldTask nextTask() {
        for (TrialState trial : active) {
            if (trial.hasFoldToRun()) {
                return task(trial);
            }
        }
        while (isTrialAllowed()) {
            TrialState trial = propose();
            if (trial == null) {
                return null;
            }
            if (isTimed || !isReplayed(trial)) {
                active.add(trial);
                announcer.trialStarted(trial);
                return task(trial);
            }
        }
        return null;
    }

    /** In a trial budget a trial that the journal holds is taken from there, at the very place where it was proposed. */
    private boolean isReplayed(TrialState trial) {
        Optional<FinishedTrial> finished = ledger.finishedTrial(trial.number(), trial.proposed());
        if (finished.isPresent()) {
            record(finished.get());
            return true;
        }
        if (ledger.hasEndedWithout(trial.number(), trial.proposed())) {
            gains.endedWithout(trial.number(), trial.family(), 0);
            return true;
        }
        ledger.started(trial.number(), trial.proposed());
        return false;
    }

    private FoldTask task(TrialState trial) {
        int fold = trial.issue();
        double limit = Double.POSITIVE_INFINITY;
        if (isTimed) {
            int left =
                    Math.max(1, active.stream().mapToInt(TrialState::foldsLeft).sum());
            double fair = deadline.remainingSeconds() * 0.9 * executor.workers() / Math.max(left, executor.workers());
            limit = Math.min(deadline.remainingSeconds() * 0.95, Math.max(fair, 0.02));
            limit = Math.min(limit, Math.max(0.5, 3 * trial.secondsShare()));
            if (trial.number() == FIRST && trial.isInterruptible()) { // so that there is a model soon
                double whole = Math.min(trial.estimatedFitSeconds(), LARGEST_FIRST_SHARE * totalSeconds);
                limit = Math.min(limit, Math.max(whole, Math.max(0.15, FIRST_SHARE * totalSeconds)));
            }
        }
        return new FoldTask(
                trial.number(),
                fold,
                trial.family(),
                trial.configuration().without(Proposals.FAMILY),
                isTimed && fold == 0,
                trial.secondsShare(),
                limit);
    }

    private boolean isTrialAllowed() {
        if (nextNumber > plan.trials() || userStops.getAsBoolean()) {
            return false;
        }
        if (isTimed) {
            return active.size() < executor.workers() && deadline.remainingSeconds() > 0.02;
        }
        return gains.isEndedUpTo(nextNumber - executor.workers());
    }

    /** Finished trials that trial {@code number} may know, best first. */
    private List<FinishedTrial> knownTo(int number) {
        int last = isTimed ? Integer.MAX_VALUE : number - executor.workers();
        return candidates.all().stream()
                .filter(trial -> trial.number() <= Math.max(0, last))
                .toList();
    }

    private @Nullable TrialState propose() {
        FamilyGains known = gains.upTo(nextNumber - executor.workers());
        TrialState trial = planner.next(nextNumber, knownTo(nextNumber), known, running, without);
        if (trial == null) {
            return null;
        }
        nextNumber++;
        if (isTimed) {
            ledger.started(trial.number(), trial.proposed());
        }
        if (trial.number() == FIRST) {
            trial.promote(); // nothing to compare it with: all workers make the first model together
        }
        return trial;
    }

    private void handle(FoldOutcome outcome) {
        TrialState trial = active.stream()
                .filter(one -> one.number() == outcome.task().trial())
                .findFirst()
                .orElse(null);
        if (outcome instanceof FoldOutcome.Fitted fitted) {
            if (trial != null && trial.phase() != TrialState.Phase.ENDED) {
                accept(trial, fitted);
            }
            return;
        }
        if (trial == null || trial.phase() == TrialState.Phase.ENDED) {
            return;
        }
        trial.end(outcome.seconds());
        if (outcome instanceof FoldOutcome.Unavailable unavailable) {
            proposals.exclude(trial.family());
            without.put(trial.family(), unavailable.reason());
            announcer.familySkipped(trial.family(), unavailable.reason());
            finishWithout(trial, new TrialOutcome.Failed("unavailable: " + unavailable.reason(), trial.seconds()));
        } else if (outcome instanceof FoldOutcome.Failed failed) {
            announcer.warning("Trial %d (%s) failed: %s".formatted(trial.number(), trial.family(), failed.cause()));
            without.putIfAbsent(trial.family(), "failed: " + failed.cause());
            finishWithout(trial, new TrialOutcome.Failed(failed.cause(), trial.seconds()));
        } else {
            without.putIfAbsent(trial.family(), "the time ended before a fit was usable");
            finishWithout(trial, new TrialOutcome.Cancelled(trial.seconds()));
        }
    }

    private void accept(TrialState trial, FoldOutcome.Fitted fitted) {
        trial.accept(fitted);
        if (isTimed) {
            planner.learn(trial, fitted.seconds());
        }
        announcer.foldFinished(trial, fitted);
        if (trial.isComplete()) {
            complete(trial);
        } else if (trial.phase() == TrialState.Phase.SCREENING || fitted.task().fold() > 0) {
            List<FinishedTrial> known = knownTo(trial.number());
            boolean goesOn = Screening.goesOn(trial.family(), trial.errors(), baselineOf(trial), known)
                    && isWorthItsTime(trial, fitted)
                    && !pruner.shouldPrune(TrialViews.of(trial), TrialViews.history(known));
            if (goesOn) {
                trial.promote();
            } else if (trial.phase() == TrialState.Phase.SCREENING || isTimed) {
                trial.end(0);
                List<Double> errors = trial.errors();
                without.putIfAbsent(trial.family(), "tried: no trial promised enough to go on to its last fold");
                finishWithout(trial, new TrialOutcome.Pruned(errors.get(errors.size() - 1), trial.seconds()));
            }
        }
    }

    /** A trial that takes more than the usual share must promise by its first fold to make the ensemble better. */
    private boolean isWorthItsTime(TrialState trial, FoldOutcome.Fitted fitted) {
        boolean isAsked = isTimed && trial.isLong() && trial.errors().size() == 1;
        return !isAsked || gains.mayGrow(fitted, data, deadline);
    }

    private double baselineOf(TrialState trial) {
        return trial.errors().size() == 1
                ? baseline[0]
                : java.util.Arrays.stream(baseline).average().orElse(Double.POSITIVE_INFINITY);
    }

    private void complete(TrialState trial) {
        try {
            List<FoldOutcome.Fitted> outcomes = trial.outcomes();
            OutOfFold.Joined joined = outOfFold.join(outcomes, joins);
            trial.end(0);
            double fitSeconds = outcomes.stream()
                    .mapToDouble(FoldOutcome.Fitted::fitSeconds)
                    .sum();
            FinishedTrial finished = new FinishedTrial(
                    trial.number(),
                    trial.family(),
                    trial.proposed(),
                    trial.configuration(),
                    joined.error(),
                    joined.foldErrors(),
                    joined.predictions(),
                    joined.parts(),
                    trial.seconds(),
                    fitSeconds,
                    joined.rowMicros());
            ledger.finished(finished);
            record(finished);
        } catch (DeadlineExceededException e) {
            finishWithout(trial, new TrialOutcome.Cancelled(trial.seconds()));
        }
        active.remove(trial);
    }

    private void restore(FinishedTrial finished) {
        proposals.markProposed(finished.proposed());
        nextNumber = Math.max(nextNumber, finished.number() + 1);
        record(finished);
        gains.upTo(finished.number()); // at once, so that the predictions of all trials are never held together
    }

    private void record(FinishedTrial finished) {
        Optional<FinishedTrial> before = candidates.best();
        candidates.add(finished);
        gains.finished(finished);
        without.remove(finished.family());
        boolean isBest = before.isEmpty() || finished.error() < before.get().error();
        announcer.trialFinished(finished, isBest);
    }

    /** Ends a trial that leaves no candidate. One that the end of the time cut off may be run again by a later fit. */
    private void finishWithout(TrialState trial, TrialOutcome outcome) {
        gains.endedWithout(trial.number(), trial.family(), trial.seconds());
        if (!(outcome instanceof TrialOutcome.Cancelled)) {
            ledger.endedWithout(trial.number(), trial.proposed(), outcome);
        }
        announcer.trialEnded(trial, outcome);
        active.remove(trial);
    }

    private static Duration shorter(Duration duration, Deadline deadline) {
        if (!deadline.hasLimit()) {
            return duration;
        }
        Duration left = Duration.ofNanos(deadline.remainingNanos());
        return left.compareTo(duration) < 0 ? left : duration;
    }
}
