package org.autotuner.testkit;

import java.nio.file.Path;
import java.util.UUID;
import org.autotuner.storage.JdbcStorage;
import org.autotuner.storage.StudyStorage;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** The contract on each database that {@link JdbcStorage} names, held alone and shared. */
class JdbcStoragesTest {

    private static JdbcDataSource h2(Path folder) {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:" + folder.resolve("studies"));
        return source;
    }

    private static SQLiteDataSource sqlite(Path folder) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("studies.db"));
        return source;
    }

    @Nested
    class H2 extends StudyStorageContract {
        @TempDir
        private Path folder;

        @Override
        protected StudyStorage storage() {
            return JdbcStorage.at(h2(folder), "churn");
        }
    }

    @Nested
    class SharedH2 extends StudyStorageContract {
        @TempDir
        private Path folder;

        @Override
        protected StudyStorage storage() {
            return JdbcStorage.shared(h2(folder), "churn");
        }
    }

    @Nested
    class Sqlite extends StudyStorageContract {
        @TempDir
        private Path folder;

        @Override
        protected StudyStorage storage() {
            return JdbcStorage.at(sqlite(folder), "churn");
        }
    }

    @Nested
    class SharedSqlite extends StudyStorageContract {
        @TempDir
        private Path folder;

        @Override
        protected StudyStorage storage() {
            return JdbcStorage.shared(sqlite(folder), "churn");
        }
    }

    @Nested
    class Postgres extends StudyStorageContract {
        @RegisterExtension
        static final PostgresExtension SERVER = new PostgresExtension();

        @Override
        protected StudyStorage storage() {
            return JdbcStorage.at(SERVER.database(), UUID.randomUUID().toString());
        }
    }

    @Nested
    class SharedPostgres extends StudyStorageContract {
        @RegisterExtension
        static final PostgresExtension SERVER = new PostgresExtension();

        @Override
        protected StudyStorage storage() {
            return JdbcStorage.shared(SERVER.database(), UUID.randomUUID().toString());
        }
    }
}
