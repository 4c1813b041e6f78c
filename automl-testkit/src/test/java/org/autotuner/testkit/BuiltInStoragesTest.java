package org.autotuner.testkit;

import java.nio.file.Path;
import org.autotuner.storage.InMemoryStorage;
import org.autotuner.storage.JournalStorage;
import org.autotuner.storage.StudyStorage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class BuiltInStoragesTest {

    @Nested
    class InMemory extends StudyStorageContract {
        @Override
        protected StudyStorage storage() {
            return new InMemoryStorage();
        }
    }

    @Nested
    class Journal extends StudyStorageContract {
        @TempDir
        private Path folder;

        @Override
        protected StudyStorage storage() {
            return JournalStorage.at(folder.resolve("churn.study"));
        }
    }

    @Nested
    class SharedJournal extends StudyStorageContract {
        @TempDir
        private Path folder;

        @Override
        protected StudyStorage storage() {
            return JournalStorage.shared(folder.resolve("churn.study"));
        }
    }
}
