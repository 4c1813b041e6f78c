package org.autotuner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autotuner.error.OptionException;
import org.autotuner.error.StorageException;
import org.autotuner.optimize.Optimizer;
import org.autotuner.optimize.OptimizerSession;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.storage.StudyStorage;
import org.autotuner.study.StudyHistory;
import org.autotuner.study.StudyLog;
import org.autotuner.study.StudyRecord;
import org.autotuner.study.Trial;
import org.autotuner.study.TrialOutcome;
import org.jspecify.annotations.Nullable;

/**
 * One study over a user's objective: its log, the journal behind it and the optimizer's session. Every change goes into
 * the log at once and into the journal with the next {@link #flush()}. Not thread-safe.
 */
final class StudyBook implements AutoCloseable {

    private static final String VERSION = Optional.ofNullable(
                    StudyBook.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final SearchSpace space;
    private final OptimizerSession session;
    private final StudyLog log;
    private final StudyStorage.@Nullable Handle handle;
    private final List<String> unwritten = new ArrayList<>();

    private StudyBook(SearchSpace space, OptimizerSession session, StudyLog log, StudyStorage.@Nullable Handle handle) {
        this.space = space;
        this.session = session;
        this.log = log;
        this.handle = handle;
    }

    /**
     * Opens a study, with all that an earlier run left in its storage.
     *
     * @throws StorageException if the storage holds another study or is in use
     */
    static StudyBook open(
            SearchSpace space, Optimizer optimizer, long seed, String fingerprint, @Nullable StudyStorage storage) {
        OptimizerSession session = optimizer.open(space, seed);
        if (storage == null) {
            return new StudyBook(space, session, new StudyLog(space), null);
        }
        StudyStorage.Handle handle = storage.open();
        try {
            if (handle.isShared()) {
                throw new StorageException(
                        "A storage opened as shared cannot hold a study that this process runs alone."
                                + " Open it without sharing, such as JournalStorage.at(path).");
            }
            StudyBook book = new StudyBook(space, session, new StudyLog(space), handle);
            book.restore(new StudyRecord.Created(space.toString(), seed, fingerprint, VERSION));
            return book;
        } catch (RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    private void restore(StudyRecord.Created expected) {
        List<StudyStorage.Entry> entries =
                java.util.Objects.requireNonNull(handle).readFrom(0);
        if (entries.isEmpty()) {
            write(expected);
            flush();
            return;
        }
        for (StudyStorage.Entry entry : entries) {
            log.applyJson(entry.position(), entry.json());
            if (entry.position() == 0) {
                log.requireSame(expected);
            }
        }
    }

    SearchSpace space() {
        return space;
    }

    StudyLog log() {
        return log;
    }

    /** Starts a trial: again, where the log has it unfinished, else as proposed. Empty if the space is exhausted. */
    Optional<Trial> start(int number, StudyHistory known) {
        Configuration configuration;
        if (number < log.size()) {
            configuration = log.trial(number).configuration();
        } else {
            Optional<Configuration> proposed = session.propose(number, known);
            if (proposed.isEmpty()) {
                return Optional.empty();
            }
            configuration = proposed.get();
            if (!space.contains(configuration)) {
                throw new OptionException("Trial %d was proposed as %s, which does not lie in the space %s."
                        .formatted(number, configuration, space));
            }
        }
        write(new StudyRecord.Started(number, configuration));
        return Optional.of(log.trial(number));
    }

    void report(int number, Trial.Report report) {
        write(new StudyRecord.Reported(number, report));
    }

    void finish(int number, TrialOutcome outcome, Map<String, String> attributes) {
        write(new StudyRecord.Finished(number, outcome, attributes));
    }

    /** Makes all changes so far durable. */
    void flush() {
        if (handle != null && !unwritten.isEmpty()) {
            handle.appendAll(unwritten);
        }
        unwritten.clear();
    }

    @Override
    public void close() {
        if (handle != null) {
            handle.close();
        }
    }

    private void write(StudyRecord line) {
        log.apply(line);
        if (handle != null) {
            unwritten.add(StudyLog.toJson(line));
        }
    }
}
