package org.autotuner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.autotuner.error.OptionException;
import org.autotuner.error.StorageException;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.OptimizerSession;
import org.autotuner.prune.Pruner;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.StudyLog;
import org.autotuner.study.StudyRecord;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One study over a user's objective: its log, the journal behind it and the optimizer's session. Every change goes into
 * the log at once and into the journal with the next {@link #flush()}; where other processes share the journal it goes
 * there first, and the log follows the journal. Not thread-safe.
 */
final class StudyBook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StudyBook.class);
    private static final String VERSION = Optional.ofNullable(
                    StudyBook.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final SearchSpace space;
    private final OptimizerSession session;
    private final StudyLog log;
    private final StudyStorage.@Nullable Handle handle;
    private final Sharing sharing;
    private final List<String> unwritten = new ArrayList<>();
    private @Nullable Heartbeats heartbeats;
    private long position;

    private StudyBook(
            SearchSpace space, OptimizerSession session, StudyStorage.@Nullable Handle handle, Sharing sharing) {
        this.space = space;
        this.session = session;
        this.log = new StudyLog(space);
        this.handle = handle;
        this.sharing = sharing;
    }

    /**
     * Opens a study, with all that an earlier run left in its storage.
     *
     * @throws StorageException if the storage holds another study or is in use
     */
    static StudyBook open(
            SearchSpace space,
            Optimizer optimizer,
            long seed,
            String fingerprint,
            @Nullable StudyStorage storage,
            Sharing sharing) {
        OptimizerSession session = optimizer.open(space, seed);
        if (storage == null) {
            return new StudyBook(space, session, null, sharing);
        }
        StudyStorage.Handle handle = storage.open();
        try {
            StudyBook book = new StudyBook(space, session, handle, sharing);
            book.restore(handle, new StudyRecord.Created(space.toString(), seed, fingerprint, VERSION));
            return book;
        } catch (RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    private void restore(StudyStorage.Handle storage, StudyRecord.Created expected) {
        read(expected);
        if (position == 0) {
            storage.append(StudyLog.toJson(expected));
            read(expected); // another process may have been faster
        }
        if (storage.isShared()) {
            heartbeats = new Heartbeats(storage, sharing);
        }
    }

    /** Applies what the journal has and the log has not yet. */
    private boolean read(StudyRecord.@Nullable Created expected) {
        long before = position;
        if (handle != null) {
            for (StudyStorage.Entry entry : handle.readFrom(position)) {
                log.applyJson(entry.position(), entry.json());
                position = entry.position() + 1;
                if (entry.position() == 0 && expected != null) {
                    log.requireSame(expected);
                }
            }
        }
        return position > before;
    }

    SearchSpace space() {
        return space;
    }

    StudyLog log() {
        return log;
    }

    /** Whether other processes may add to the study. */
    boolean isShared() {
        return heartbeats != null;
    }

    /** What the user should know about the storage. */
    List<String> warnings() {
        return handle == null ? List.of() : handle.warnings();
    }

    /** Learns what other processes added; whether there was anything. */
    boolean refresh() {
        return isShared() && read(null);
    }

    /** Starts a trial: again, where the log has it unfinished, else as proposed. Empty if the space is exhausted. */
    Optional<Trial> start(int number, StudyHistory known) {
        Optional<Configuration> configuration =
                number < log.size() ? Optional.of(log.trial(number).configuration()) : propose(number, known);
        configuration.ifPresent(given -> write(new StudyRecord.Started(number, given)));
        return configuration.map(given -> log.trial(number));
    }

    /**
     * In a shared study, claims a trial that no process has proposed yet. Where another process is faster the next number
     * is proposed, knowing of that trial, so no two trials of a finite space are equal.
     *
     * @return empty if the study has so many trials already, or the space is exhausted
     */
    Optional<Trial> claimNext(int limit) {
        while (log.size() < limit) {
            int number = log.size();
            Optional<Configuration> proposed = propose(number, log.history());
            if (proposed.isEmpty()) {
                return Optional.empty();
            }
            if (claim(number, proposed.get(), 0)) {
                return Optional.of(log.trial(number));
            }
        }
        return Optional.empty();
    }

    /** In a shared study, claims a paused trial that the pruner lets go on, if there is one. */
    Optional<Trial> claimPromoted(Pruner pruner) {
        Optional<Trial> promoted = pruner.promote(log.history());
        while (promoted.isPresent()) {
            int number = promoted.get().number();
            if (claim(number, promoted.get().configuration(), 0)) {
                return Optional.of(log.trial(number));
            }
            promoted = pruner.promote(log.history()); // another process was faster, and its trial runs now
        }
        return Optional.empty();
    }

    /**
     * In a shared study, takes a trial that no living process has; those taken too often fail.
     *
     * @param limit trials from this number on are left to others
     */
    Optional<Trial> claimAbandoned(int limit) {
        for (Map.Entry<Integer, StudyRecord.Claim> running :
                List.copyOf(log.runningTrials().entrySet())) {
            int number = running.getKey();
            StudyRecord.Claim claim = running.getValue();
            Heartbeats.Life life = life(claim);
            if (number >= limit
                    || life == Heartbeats.Life.ALIVE
                    || !log.trial(number).isRunning()) {
                continue;
            }
            if (life == Heartbeats.Life.SILENT && claim.attempt() >= sharing.retries()) {
                String cause = "its process died, at attempt %d".formatted(claim.attempt() + 1);
                write(new StudyRecord.Finished(number, new TrialOutcome.Failed(cause, 0), Map.of(), claim));
                flush();
            } else if (claim(number, log.trial(number).configuration(), claim.attempt() + 1)) {
                LOG.info("Trial {} is run again: the process that had it died or closed the study.", number);
                return Optional.of(log.trial(number));
            }
        }
        return Optional.empty();
    }

    /** Of the worker that has a trial. One that a process which ran the study alone left unfinished is nobody's. */
    private Heartbeats.Life life(StudyRecord.Claim claim) {
        return claim.worker().isEmpty()
                ? Heartbeats.Life.CLOSED
                : Objects.requireNonNull(heartbeats).of(claim.worker());
    }

    private boolean claim(int number, Configuration configuration, int attempt) {
        StudyRecord.Claim claim =
                new StudyRecord.Claim(Objects.requireNonNull(heartbeats).worker(), attempt);
        write(new StudyRecord.Started(number, configuration, claim));
        flush();
        return claim.equals(log.runningTrials().get(number));
    }

    private Optional<Configuration> propose(int number, StudyHistory known) {
        Optional<Configuration> proposed = log.enqueued().or(() -> session.propose(number, known));
        if (proposed.isPresent() && !space.contains(proposed.get())) {
            throw new OptionException("Trial %d was proposed as %s, which does not lie in the space %s."
                    .formatted(number, proposed.get(), space));
        }
        return proposed;
    }

    /** Lets a configuration wait for the next new trial. */
    void enqueue(Configuration configuration) {
        write(new StudyRecord.Enqueued(configuration));
        flush();
    }

    void report(int number, Trial.Report report) {
        write(new StudyRecord.Reported(number, report, own(number)));
    }

    /** Ends a trial; in a shared study at once, and with no effect if another process ended it before. */
    void finish(int number, TrialOutcome outcome, Map<String, String> attributes) {
        write(new StudyRecord.Finished(number, outcome, attributes, own(number)));
        if (isShared()) {
            flush();
            if (!outcome.equals(log.trial(number).outcome())) {
                LOG.warn(
                        "The outcome of trial {} came too late: after this process was silent for a while, another one"
                                + " ended or took the trial.",
                        number);
            }
        }
    }

    /** How this process signs what it says of a trial in a shared study. */
    private StudyRecord.@Nullable Claim own(int number) {
        if (heartbeats == null) {
            return null;
        }
        StudyRecord.Claim claim = log.runningTrials().get(number);
        return new StudyRecord.Claim(heartbeats.worker(), claim == null ? 0 : claim.attempt());
    }

    /** Makes all changes so far durable; in a shared study, whether it learned any by that, its own ones included. */
    boolean flush() {
        if (handle == null || unwritten.isEmpty()) {
            return false;
        }
        handle.appendAll(unwritten);
        unwritten.clear();
        return refresh();
    }

    @Override
    public void close() {
        try {
            if (heartbeats != null) {
                heartbeats.close();
            }
        } finally {
            if (handle != null) {
                handle.close();
            }
        }
    }

    private void write(StudyRecord line) {
        if (!isShared()) {
            log.apply(line);
        }
        if (handle != null) {
            unwritten.add(StudyLog.toJson(line));
        }
    }
}
