package org.autotuner.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.error.StorageException;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.jspecify.annotations.Nullable;

/**
 * The state of a study as its journal tells it: a function of the records applied so far, so that resume is to apply
 * them again. Trials are numbered from 0 without gaps. Where several processes share the study, the order of the records
 * decides who has which trial, and records of those who came too late change nothing. Not thread-safe.
 */
public final class StudyLog {

    private final SearchSpace space;
    private final List<Trial> trials = new ArrayList<>();
    private final Claims claims = new Claims();
    private StudyRecord.@Nullable Created created;
    private final Turns turns = new Turns();
    private final List<Configuration> enqueued = new ArrayList<>();

    public StudyLog(SearchSpace space) {
        this.space = space;
    }

    /** The JSON line of a record. */
    public static String toJson(StudyRecord line) {
        return RecordJson.write(line);
    }

    /**
     * Reads a line and applies it.
     *
     * @param position of the line in the journal, from 0; for messages
     * @throws StorageException if it is no line of a study over this space, or does not follow from the lines before
     */
    public void applyJson(long position, String json) {
        StudyRecord line;
        try {
            line = RecordJson.read(json, space);
        } catch (RuntimeException e) {
            throw new StorageException(
                    "Line %d of the journal cannot be used (%s). It was written for another search space, by another version"
                                    .formatted(position + 1, e.getMessage())
                            + " of the library, or by hand. Use another storage, or remove this one.",
                    e);
        }
        apply(line);
    }

    /**
     * Applies a record.
     *
     * @throws StorageException if it does not follow from the records before
     */
    public void apply(StudyRecord line) {
        if (line instanceof StudyRecord.Created first) {
            created = created == null ? first : created; // processes that share a study may open it at the same moment
        } else if (line instanceof StudyRecord.Enqueued waiting) {
            enqueued.add(waiting.configuration());
        } else if (line instanceof StudyRecord.Started started) {
            boolean isNew = started.number() >= trials.size();
            if (claims.mayStart(started, isNew, !isNew && isPaused(started.number()))) {
                start(started);
                claims.start(started);
            }
        } else if (line instanceof StudyRecord.Reported reported) {
            if (claims.mayReport(reported)) {
                trials.set(reported.number(), running(reported.number()).withReport(reported.report()));
            }
        } else if (line instanceof StudyRecord.Finished finished && claims.mayFinish(finished)) {
            claims.end(finished.number());
            Trial trial = running(finished.number());
            Trial end = trial.withAttributes(finished.attributes()).withOutcome(finished.outcome());
            trials.set(finished.number(), end);
            turns.end(end);
        }
    }

    /**
     * Refuses to go on with a journal of another study.
     *
     * @throws StorageException that says what differs and what to do
     */
    public void requireSame(StudyRecord.Created expected) {
        StudyRecord.Created found = created;
        if (found == null) {
            throw new StorageException(
                    "The journal does not begin with the line of a study that minimises or maximises an"
                            + " objective; perhaps it holds a fit of a table. Use another storage.");
        }
        String what = !found.space().equals(expected.space())
                ? "another search space: %s instead of %s".formatted(found.space(), expected.space())
                : found.seed() != expected.seed()
                        ? "seed %d instead of %d".formatted(found.seed(), expected.seed())
                        : "other settings: %s instead of %s".formatted(found.fingerprint(), expected.fingerprint());
        boolean isSame = found.space().equals(expected.space())
                && found.seed() == expected.seed()
                && found.fingerprint().equals(expected.fingerprint());
        if (!isSame) {
            throw new StorageException(
                    "The journal holds a study of %s. Use another storage, or the same settings as then."
                            .formatted(what));
        }
    }

    /** Number of trials, running ones included; the next trial gets this number. */
    public int size() {
        return trials.size();
    }

    /** The configuration that waits longest to be tried. */
    public Optional<Configuration> enqueued() {
        return enqueued.stream().findFirst();
    }

    public Trial trial(int number) {
        return trials.get(number);
    }

    /**
     * Number of turns, running ones included. A trial has one, and one more for each time that it goes on after a pause;
     * they are numbered from 0 in the order in which they began.
     */
    public int turns() {
        return turns.size();
    }

    /** The number of the trial whose turn it was. */
    public int trialOfTurn(int turn) {
        return turns.number(turn);
    }

    /** Whether a turn has ended, by a pause or for good. */
    public boolean hasEnded(int turn) {
        return turns.hasEnded(turn);
    }

    /** Number of turns from 0 on that have all ended; without pauses it is the number of such trials. */
    public int ended() {
        return turns.ended();
    }

    /** Seconds that a trial ran before its last pause. */
    public double secondsBefore(int number) {
        return turns.secondsBefore(number);
    }

    /** The first trial from {@code number} on that runs, or did when the process died. */
    public Optional<Trial> runningFrom(int number) {
        return trials.stream().skip(number).filter(Trial::isRunning).findFirst();
    }

    /** The running trials, in number order, and who runs them: of no worker where one process runs the study alone. */
    public Map<Integer, StudyRecord.Claim> runningTrials() {
        return claims.running();
    }

    /** All that is known. */
    public TrialHistory history() {
        return TrialHistory.of(trials);
    }

    /** What is known of the first {@code known} turns; trials with a later turn look as if it ran still. */
    public TrialHistory history(int known) {
        return history(known, turns());
    }

    /**
     * What was known when turn {@code begun} was to begin: of the first {@code known} turns all, the others up to it look
     * as if they ran.
     */
    public TrialHistory history(int known, int begun) {
        return TrialHistory.of(turns.history(known, begun, trials));
    }

    private void start(StudyRecord.Started started) {
        int number = started.number();
        if (number == trials.size()) {
            trials.add(turns.begin(number, started.configuration()));
            enqueued.remove(started.configuration());
        } else if (number >= 0 && number < trials.size() && (trials.get(number).isRunning() || isPaused(number))) {
            trials.set(number, turns.begin(number, started.configuration()));
        } else {
            throw new StorageException(
                    "The journal starts trial %d where trial %d is next: two runs wrote to it. Use another storage."
                            .formatted(number, trials.size()));
        }
    }

    private boolean isPaused(int number) {
        return trials.get(number).outcome() instanceof TrialOutcome.Paused;
    }

    private Trial running(int number) {
        if (number < 0 || number >= trials.size() || !trials.get(number).isRunning()) {
            throw new StorageException(
                    "The journal tells of trial %d, which does not run there: two runs wrote to it. Use another storage."
                            .formatted(number));
        }
        return trials.get(number);
    }
}
