package org.autotuner.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.autotuner.error.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * One connection that runs transactions, one at a time: again where another process was in the way, and on a new
 * connection after the old one broke. Thread-safe.
 */
final class JdbcConnection implements AutoCloseable {

    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long LONGEST_PAUSE_MILLIS = 50;
    private static final int VALID_SECONDS = 5;

    private final DataSource source;
    private @Nullable Connection current;
    private boolean isClosed;

    JdbcConnection(DataSource source) {
        this.source = source;
    }

    /** What to do in a transaction; must be repeatable, as it runs again after a rollback. */
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Runs work and commits it.
     *
     * @param what words for the message, such as "read"
     * @throws StorageException if the database refuses it, or others are in the way for 20 seconds
     */
    synchronized <T> T transaction(String what, Work<T> work) {
        long end = System.nanoTime() + WAIT_NANOS;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (!isOthersFault(e) || System.nanoTime() - end > 0) {
                    throw new StorageException(
                            "The study's database could not be %s: %s. Check the connection, the rights and the space left."
                                    .formatted(what, e.getMessage()),
                            e);
                }
            }
            pause(Math.min(attempt, LONGEST_PAUSE_MILLIS));
        }
    }

    private <T> T once(Work<T> work) throws SQLException {
        Connection connection = connection();
        try {
            T result = work.run(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            undo(connection, e);
            throw e;
        }
    }

    private Connection connection() throws SQLException {
        if (isClosed) {
            throw new SQLException("the study was closed");
        }
        Connection connection = current;
        if (connection == null) {
            connection = source.getConnection();
            current = connection;
            connection.setAutoCommit(false);
        }
        return connection;
    }

    private void undo(Connection connection, Exception cause) {
        try {
            connection.rollback();
            if (!connection.isValid(VALID_SECONDS)) {
                drop(connection);
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
            try {
                drop(connection);
            } catch (SQLException broken) {
                cause.addSuppressed(broken);
            }
        }
    }

    private void drop(Connection connection) throws SQLException {
        current = null;
        connection.close();
    }

    /** Whether the transaction had no effect since another one was in its way, so that it may run again. */
    private static boolean isOthersFault(SQLException thrown) {
        for (SQLException e = thrown; e != null; e = e.getNextException()) {
            String state = e.getSQLState();
            boolean isBusySqlite = state == null && ((e.getErrorCode() & 0xff) == 5 || (e.getErrorCode() & 0xff) == 6);
            boolean isConflict = state != null
                    && (state.startsWith("40") // a deadlock or conflict, in all
                            || state.startsWith("23") // a row that another process wrote first
                            || state.equals("HYT00") // H2: waited too long for a row
                            || state.equals("90131") // H2: another transaction changed the row
                            || state.equals("55P03")); // PostgreSQL: did not get a lock
            if (isBusySqlite || isConflict || e instanceof SQLTransientException) {
                return true;
            }
        }
        return false;
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("Interrupted while waiting for the study's database.", e);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        Connection connection = current;
        if (connection == null) {
            return;
        }
        try {
            connection.setAutoCommit(true); // as a pool expects it back
            drop(connection);
        } catch (SQLException e) {
            throw new StorageException("The connection to the study's database could not be closed.", e);
        }
    }
}
