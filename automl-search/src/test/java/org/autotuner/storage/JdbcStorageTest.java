package org.autotuner.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.autotuner.error.StorageException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JdbcStorageTest {

    private static final JdbcOwner.Timing QUICK = new JdbcOwner.Timing(Duration.ofMillis(40), Duration.ofMillis(400));
    /** Never beats during a test, as if the process stood still. */
    private static final JdbcOwner.Timing STILL = new JdbcOwner.Timing(Duration.ofHours(1), Duration.ofHours(3));

    @TempDir
    private Path folder;

    private final JdbcDataSource database = new JdbcDataSource();

    @BeforeEach
    void inAFile() {
        database.setUrl("jdbc:h2:" + folder.resolve("studies"));
    }

    private StudyStorage.Handle open(boolean isShared, JdbcOwner.Timing timing) {
        return new JdbcStorage(database, "churn", isShared, timing).open();
    }

    @Test
    void studiesOfOneDatabaseDoNotMix() {
        try (StudyStorage.Handle churn = JdbcStorage.at(database, "churn").open();
                StudyStorage.Handle other =
                        JdbcStorage.shared(database, "Größe; drop table x").open()) {
            churn.appendAll(List.of("{\"a\":1}", "{\"b\":2}"));
            assertThat(other.append("{\"c\":3}")).isZero();
            churn.putArtifact("x", new byte[] {1});
            assertThat(other.artifact("x")).isEmpty();
            other.deleteArtifact("x");
            assertThat(churn.artifact("x")).isPresent();
            assertThat(other.readFrom(0)).containsExactly(new StudyStorage.Entry(0, "{\"c\":3}"));
        }
    }

    @Test
    void anOwnerThatLivesIsNotReplacedHoweverLongOneWaits() {
        try (StudyStorage.Handle owner = open(false, QUICK)) {
            assertThatThrownBy(() -> open(false, QUICK))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("'churn' is in use by another run (process "
                            + ProcessHandle.current().pid())
                    .hasMessageContaining("JdbcStorage.shared");
            assertThatThrownBy(() -> open(true, QUICK)).hasMessageContaining("in use");
            assertThat(owner.append("{}")).isZero();
        }
        try (StudyStorage.Handle next = open(false, STILL)) {
            assertThat(next.append("{}")).isEqualTo(1);
        }
    }

    @Test
    void anOwnerThatStandsStillIsReplacedAndCanAddNothingAnyMore() {
        try (StudyStorage.Handle still = open(false, STILL)) {
            still.append("{}");
            try (StudyStorage.Handle next = open(false, QUICK)) {
                assertThat(next.append("{}")).isEqualTo(1);
                assertThatThrownBy(() -> still.append("{}"))
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("was taken by another run");
                assertThat(still.readFrom(0)).hasSize(2);
            }
            try (StudyStorage.Handle shared = open(true, QUICK)) {
                assertThat(shared.append("{}")).isEqualTo(2);
                assertThatThrownBy(() -> still.append("{}")).hasMessageContaining("was taken");
            }
        }
    }

    @Test
    void sharingEndsWhenOneRunTakesTheStudyAlone() {
        try (StudyStorage.Handle shared = open(true, QUICK)) {
            shared.append("{}");
            try (StudyStorage.Handle alone = open(false, STILL)) {
                assertThatThrownBy(() -> shared.append("{}")).hasMessageContaining("was taken by another run");
                assertThat(alone.readFrom(0)).hasSize(1);
            }
            assertThat(shared.append("{}")).isEqualTo(1);
        }
    }

    @Test
    void handlesOfManyConnectionsLeaveNoGapAndKeepTheirBlocksTogether() throws Exception {
        int threads = 4;
        int each = 15;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String line = "{\"t\":%d}".formatted(t);
                done.add(pool.submit(() -> {
                    try (StudyStorage.Handle handle = open(true, QUICK)) {
                        for (int i = 0; i < each; i++) {
                            handle.appendAll(List.of(line, line));
                        }
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        try (StudyStorage.Handle handle = open(true, QUICK)) {
            List<StudyStorage.Entry> entries = handle.readFrom(0);
            assertThat(entries)
                    .extracting(StudyStorage.Entry::position)
                    .containsExactlyElementsOf(
                            LongStream.range(0, 2L * threads * each).boxed().toList());
            for (int i = 0; i < entries.size(); i += 2) {
                assertThat(entries.get(i).json()).isEqualTo(entries.get(i + 1).json());
            }
        }
    }

    @Test
    void anArtifactMayBeLargerThanAColumnMayBe() {
        byte[] large = new byte[3 * 1024 * 1024];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 >> 8);
        }
        try (StudyStorage.Handle handle = open(false, STILL)) {
            for (int size : new int[] {large.length, 512 * 1024, 512 * 1024 + 1, 1, 0}) {
                byte[] content = java.util.Arrays.copyOf(large, size);
                handle.putArtifact("fold.models", content);
                assertThat(handle.artifact("fold.models"))
                        .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(content));
            }
        }
    }

    @Test
    void aConnectionThatBrokeIsReplacedByTheNextCall() throws SQLException {
        database.setUrl("jdbc:h2:mem:breaks;DB_CLOSE_DELAY=-1");
        try (StudyStorage.Handle handle = open(true, STILL)) {
            handle.append("{}");
            try (Connection other = database.getConnection();
                    Statement statement = other.createStatement()) {
                statement.execute(
                        "call abort_session((select session_id from information_schema.sessions where session_id <> session_id()))");
            }
            assertThatThrownBy(() -> handle.append("{}"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("could not be appended to");
            assertThat(handle.append("{}")).isEqualTo(1);
        }
    }

    @Test
    void anAbsentRightToMakeTablesIsReportedAndOneDoesNotNeedItOnceTheyAreThere() throws SQLException {
        try (Connection admin = database.getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("create user guest password 'guest'");
            JdbcDataSource guest = new JdbcDataSource();
            guest.setUrl(database.getUrl());
            guest.setUser("guest");
            guest.setPassword("guest");
            assertThatThrownBy(() -> JdbcStorage.shared(guest, "a").open())
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("could not be given tables")
                    .hasMessageContaining("rights");
            open(true, STILL).close();
            for (String table : List.of("autotuner_study", "autotuner_entry", "autotuner_artifact")) {
                statement.execute("grant select, insert, update, delete on %s to guest".formatted(table));
            }
            try (StudyStorage.Handle handle = JdbcStorage.shared(guest, "a").open()) {
                assertThat(handle.append("{}")).isZero();
            }
        }
    }

    @Test
    void aDatabaseThatCannotBeReachedIsReportedWithItsReason() {
        database.setUrl("jdbc:h2:" + folder.resolve("none") + ";IFEXISTS=TRUE");
        assertThatThrownBy(() -> open(true, STILL))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("could not be reached")
                .hasMessageContaining("none");
    }

    @Test
    void anAbsentNameIsRefused() {
        for (String wrong : new String[] {"", " ", "x".repeat(201)}) {
            assertThatThrownBy(() -> JdbcStorage.at(database, wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(JdbcStorage.shared(database, "a")).hasToString("JdbcStorage[a, shared]");
    }
}
