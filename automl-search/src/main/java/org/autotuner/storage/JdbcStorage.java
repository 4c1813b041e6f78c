package org.autotuner.storage;

import java.time.Duration;
import javax.sql.DataSource;

/**
 * Keeps studies in a database, each under its name: the tables {@code autotuner_study}, {@code autotuner_entry} and
 * {@code autotuner_artifact}, which are made when a study is opened and they do not exist. Plain SQL; tested with
 * PostgreSQL, H2 and SQLite. A study holds one connection of the data source while it is open. Immutable and
 * thread-safe.
 *
 * <p>An entry is as durable as a commit of the database: H2 writes commits of a file database half a second late unless
 * its address has {@code ;WRITE_DELAY=0}, serves one process unless it has {@code ;AUTO_SERVER=TRUE}, and forgets a
 * database in memory with its last connection unless it has {@code ;DB_CLOSE_DELAY=-1}.
 */
public final class JdbcStorage implements StudyStorage {

    private static final int LONGEST_NAME = 200;
    private static final JdbcOwner.Timing TIMING = new JdbcOwner.Timing(Duration.ofSeconds(2), Duration.ofSeconds(15));

    private final DataSource source;
    private final String study;
    private final boolean isShared;
    private final JdbcOwner.Timing timing;

    JdbcStorage(DataSource source, String study, boolean isShared, JdbcOwner.Timing timing) {
        if (study.isBlank() || study.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "A study's name has 1 to %d characters, but was '%s'.".formatted(LONGEST_NAME, study));
        }
        this.source = source;
        this.study = study;
        this.isShared = isShared;
        this.timing = timing;
    }

    /**
     * A storage that one study run holds at a time; another one is refused until the first is done. If the first one's
     * process died, opening waits until it has shown no sign of life for 15 seconds.
     *
     * @param study name of 1 to 200 characters; a database holds any number of studies
     */
    public static JdbcStorage at(DataSource source, String study) {
        return new JdbcStorage(source, study, false, TIMING);
    }

    /**
     * A storage to which several processes append at the same time.
     *
     * @param study name of 1 to 200 characters; a database holds any number of studies
     */
    public static JdbcStorage shared(DataSource source, String study) {
        return new JdbcStorage(source, study, true, TIMING);
    }

    @Override
    public Handle open() {
        return JdbcHandle.open(source, study, isShared, timing);
    }

    @Override
    public String toString() {
        return "JdbcStorage[%s%s]".formatted(study, isShared ? ", shared" : "");
    }
}
