package org.autotuner.storage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.autotuner.error.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who holds a study alone: a name in the study's row, and a number there that the holder raises while it lives. An owner
 * whose number stands still for long enough, by the clock of the process that looks, is dead; clocks of different
 * machines are never compared. Every append names its owner, so one that was taken for dead cannot append any more.
 */
final class JdbcOwner implements AutoCloseable {

    /**
     * How often an owner shows that it lives, and after which silence it counts as dead.
     *
     * @param beat at most a third of the limit
     */
    record Timing(Duration beat, Duration limit) {}

    /** The owner of a study that is shared. */
    static final String NOBODY = "";

    private static final Logger LOG = LoggerFactory.getLogger(JdbcOwner.class);
    private static final int LOOKS_PER_BEAT = 8;

    private record State(String owner, long beat) {}

    private final JdbcConnection connection;
    private final String study;
    private final String name;
    private final ScheduledExecutorService beats;
    private final Optional<ScheduledFuture<?>> beating;

    private JdbcOwner(JdbcConnection connection, String study, String name, Timing timing) {
        this.connection = connection;
        this.study = study;
        this.name = name;
        this.beats = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "autotuner-study-owner");
            thread.setDaemon(true);
            return thread;
        });
        long period = timing.beat().toNanos();
        this.beating = name.equals(NOBODY)
                ? Optional.empty()
                : Optional.of(beats.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.NANOSECONDS));
    }

    /**
     * Takes the study, for this run alone or for all who share it.
     *
     * @throws StorageException if another run that lives holds it alone
     */
    static JdbcOwner take(JdbcConnection connection, String study, boolean isShared, Timing timing) {
        String name = isShared
                ? NOBODY
                : "process %d, run %s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
        State seen = state(connection, study);
        long since = System.nanoTime();
        while (true) {
            boolean isFree = seen.owner().equals(NOBODY);
            boolean isDead = System.nanoTime() - since >= timing.limit().toNanos();
            if (isFree && isShared) {
                break;
            }
            if ((isFree || isDead) && replace(connection, study, seen, name)) {
                break;
            }
            pause(timing.beat().toMillis() / LOOKS_PER_BEAT);
            State now = state(connection, study);
            if (!now.owner().equals(NOBODY) && !now.equals(seen)) {
                throw new StorageException(
                        ("The study '%s' is in use by another run (%s). Wait until that ends, use another name, or open it"
                                        + " in all processes with JdbcStorage.shared(source, name).")
                                .formatted(study, now.owner()));
            }
            seen = now;
        }
        return new JdbcOwner(connection, study, name, timing);
    }

    /** As the study's row has it while this one holds it. */
    String name() {
        return name;
    }

    /** Nothing happens after it returns. */
    @Override
    public void close() {
        beating.ifPresent(future -> future.cancel(false));
        beats.shutdown(); // not by an interrupt, which breaks the files of embedded databases
        if (!name.equals(NOBODY)) {
            State seen = state(connection, study);
            if (seen.owner().equals(name)) {
                replace(connection, study, seen, NOBODY);
            }
        }
    }

    private void beat() {
        try {
            State seen = state(connection, study);
            if (seen.owner().equals(name)) {
                replace(connection, study, seen, name);
            }
        } catch (StorageException e) {
            if (!beats.isShutdown()) {
                LOG.warn("Cannot show that the study '{}' is still in use; another run may take it.", study, e);
            }
        }
    }

    private static State state(JdbcConnection connection, String study) {
        return connection.transaction("read", open -> {
            try (PreparedStatement select =
                    open.prepareStatement("select owner, beat from autotuner_study where name = ?")) {
                select.setString(1, study);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? new State(rows.getString(1), rows.getLong(2)) : missing(study);
                }
            }
        });
    }

    private static State missing(String study) throws SQLException {
        throw new SQLException("the row of the study '%s' was removed".formatted(study));
    }

    /** Changes the owner, or just the number; false if somebody else did meanwhile. */
    private static boolean replace(JdbcConnection connection, String study, State seen, String owner) {
        return connection.transaction("taken", open -> {
            try (PreparedStatement update = open.prepareStatement(
                    "update autotuner_study set owner = ?, beat = ? where name = ? and owner = ? and beat = ?")) {
                update.setString(1, owner);
                update.setLong(2, seen.beat() + 1);
                update.setString(3, study);
                update.setString(4, seen.owner());
                update.setLong(5, seen.beat());
                return update.executeUpdate() == 1;
            }
        });
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("Interrupted while waiting for the study's database.", e);
        }
    }
}
