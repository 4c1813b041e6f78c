package org.autotuner.storage;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.autotuner.error.StorageException;

/** An open {@link JdbcStorage}. */
final class JdbcHandle extends AbstractHandle {

    private static final int PART_BYTES = 512 * 1024;

    private final JdbcConnection connection;
    private final JdbcOwner owner;
    private final String study;
    private final boolean isShared;
    private boolean isClosed;

    private JdbcHandle(JdbcConnection connection, JdbcOwner owner, String study, boolean isShared) {
        this.connection = connection;
        this.owner = owner;
        this.study = study;
        this.isShared = isShared;
    }

    static JdbcHandle open(DataSource source, String study, boolean isShared, JdbcOwner.Timing timing) {
        JdbcConnection connection = new JdbcConnection(source);
        try {
            JdbcSchema.prepare(connection, study);
            return new JdbcHandle(connection, JdbcOwner.take(connection, study, isShared, timing), study, isShared);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public boolean isShared() {
        return isShared;
    }

    @Override
    synchronized long write(List<String> lines) {
        requireOpen();
        return connection.transaction("appended to", open -> {
            long first = reserve(open, lines.size());
            try (PreparedStatement insert =
                    open.prepareStatement("insert into autotuner_entry (study, place, line) values (?, ?, ?)")) {
                for (int i = 0; i < lines.size(); i++) {
                    insert.setString(1, study);
                    insert.setLong(2, first + i);
                    insert.setString(3, lines.get(i));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return first + lines.size() - 1;
        });
    }

    /** The first of so many positions. The update holds the study's row, and with it the log, until the commit. */
    private long reserve(Connection open, int count) throws SQLException {
        try (PreparedStatement update = open.prepareStatement(
                "update autotuner_study set entries = entries + ? where name = ? and owner = ?")) {
            update.setLong(1, count);
            update.setString(2, study);
            update.setString(3, owner.name());
            if (update.executeUpdate() != 1) {
                throw new StorageException(
                        ("The study '%s' was taken by another run that opened it alone, or removed: this run cannot add"
                                        + " to it any more. Use JdbcStorage.shared(source, name) in all processes.")
                                .formatted(study));
            }
        }
        try (PreparedStatement select = open.prepareStatement("select entries from autotuner_study where name = ?")) {
            select.setString(1, study);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1) - count;
            }
        }
    }

    @Override
    public synchronized List<StudyStorage.Entry> readFrom(long position) {
        requireOpen();
        return connection.transaction("read", open -> {
            List<StudyStorage.Entry> entries = new ArrayList<>();
            try (PreparedStatement select = open.prepareStatement(
                    "select place, line from autotuner_entry where study = ? and place >= ? order by place")) {
                select.setString(1, study);
                select.setLong(2, position);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        entries.add(new StudyStorage.Entry(rows.getLong(1), rows.getString(2)));
                    }
                }
            }
            return entries;
        });
    }

    @Override
    public synchronized void putArtifact(String name, byte[] content) {
        requireOpen();
        Names.artifact(name);
        connection.transaction("given the artifact '%s'".formatted(name), open -> {
            delete(open, name);
            try (PreparedStatement insert = open.prepareStatement(
                    "insert into autotuner_artifact (study, name, part, content) values (?, ?, ?, ?)")) {
                int part = 0;
                do {
                    int from = part * PART_BYTES;
                    insert.setString(1, study);
                    insert.setString(2, name);
                    insert.setInt(3, part++);
                    insert.setBytes(4, Arrays.copyOfRange(content, from, (int)
                            Math.min(content.length, from + (long) PART_BYTES)));
                    insert.executeUpdate();
                } while ((long) part * PART_BYTES < content.length);
            }
            return true;
        });
    }

    @Override
    public synchronized Optional<byte[]> artifact(String name) {
        requireOpen();
        Names.artifact(name);
        return connection.transaction("asked for the artifact '%s'".formatted(name), open -> {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            boolean isThere = false;
            try (PreparedStatement select = open.prepareStatement(
                    "select content from autotuner_artifact where study = ? and name = ? order by part")) {
                select.setString(1, study);
                select.setString(2, name);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        isThere = true;
                        content.writeBytes(rows.getBytes(1));
                    }
                }
            }
            return isThere ? Optional.of(content.toByteArray()) : Optional.empty();
        });
    }

    @Override
    public synchronized void deleteArtifact(String name) {
        requireOpen();
        Names.artifact(name);
        connection.transaction("freed of the artifact '%s'".formatted(name), open -> delete(open, name));
    }

    private boolean delete(Connection open, String name) throws SQLException {
        try (PreparedStatement delete =
                open.prepareStatement("delete from autotuner_artifact where study = ? and name = ?")) {
            delete.setString(1, study);
            delete.setString(2, name);
            return delete.executeUpdate() > 0;
        }
    }

    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try (connection;
                owner) {
            // gives the study back before the connection
        }
    }

    private void requireOpen() {
        if (isClosed) {
            throw new StorageException("The study '%s' was closed. Open it again.".formatted(study));
        }
    }
}
