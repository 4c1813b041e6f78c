package org.autotuner.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.autotuner.error.StorageException;

/**
 * The tables of studies, in the SQL that PostgreSQL, H2 and SQLite share: no upsert, no locking clause, no large object.
 * An update of a study's row is the lock of its log, in all of them. Artifacts lie in parts, as H2's binary columns end
 * at a megabyte.
 */
final class JdbcSchema {

    /** That of the studies last: where each is committed by itself, as in H2, who sees it may use the others. */
    private static final List<String> TABLES = List.of(
            "create table if not exists autotuner_entry (study varchar(200) not null, place bigint not null,"
                    + " line varchar not null, primary key (study, place))",
            "create table if not exists autotuner_artifact (study varchar(200) not null, name varchar(120) not null,"
                    + " part integer not null, content bytea not null, primary key (study, name, part))",
            "create table if not exists autotuner_study (name varchar(200) not null primary key,"
                    + " entries bigint not null, owner varchar(200) not null, beat bigint not null)");

    private static final int ATTEMPTS = 5;

    private JdbcSchema() {}

    /** Makes what is missing: the tables, and the study's row. */
    static void prepare(JdbcConnection connection, String study) {
        connection.transaction("reached", Connection::isReadOnly);
        for (int attempt = 1; ; attempt++) {
            try {
                if (!connection.transaction("read", open -> hasRow(open, study))) {
                    connection.transaction("written to", open -> insert(open, study));
                }
                return;
            } catch (StorageException e) { // as a rule since the tables are missing
                createUnlessLast(connection, attempt, e);
            }
        }
    }

    /** Processes may do this at the same time, where some fail, so the next read tells whether it was done. */
    private static void createUnlessLast(JdbcConnection connection, int attempt, StorageException reason) {
        if (attempt == ATTEMPTS) {
            throw reason;
        }
        try {
            create(connection);
        } catch (StorageException e) {
            if (attempt == ATTEMPTS - 1) {
                e.addSuppressed(reason);
                throw e;
            }
        }
    }

    private static void create(JdbcConnection connection) {
        connection.transaction("given tables", open -> {
            try (Statement statement = open.createStatement()) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
            return true;
        });
    }

    private static boolean hasRow(Connection open, String study) throws SQLException {
        try (PreparedStatement select = open.prepareStatement("select entries from autotuner_study where name = ?")) {
            select.setString(1, study);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static boolean insert(Connection open, String study) throws SQLException {
        if (hasRow(open, study)) {
            return true; // another process was first, and this is the second attempt
        }
        try (PreparedStatement insert = open.prepareStatement(
                "insert into autotuner_study (name, entries, owner, beat) values (?, 0, '', 0)")) {
            insert.setString(1, study);
            insert.executeUpdate();
        }
        return true;
    }
}
