package org.autotuner.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.autotuner.error.StorageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStorageTest {

    @TempDir
    private Path temporary;

    private Path folder;
    private Path journal;

    @BeforeEach
    void threeLines() {
        folder = temporary.resolve("a.study");
        journal = folder.resolve("journal.jsonl");
        try (StudyStorage.Handle handle = JournalStorage.at(folder).open()) {
            handle.appendAll(List.of("{\"a\":1}", "{\"b\":\"\u00fc\"}", "{\"c\":3}"));
        }
    }

    private List<String> lines() {
        try (StudyStorage.Handle handle = JournalStorage.at(folder).open()) {
            return handle.readFrom(0).stream().map(StudyStorage.Entry::json).toList();
        }
    }

    @Test
    void aTornLastLineIsSetAsideAndTheNextLineFollowsTheRest() throws IOException {
        Files.writeString(journal, "{\"crc\":\"12", StandardOpenOption.APPEND);
        try (StudyStorage.Handle handle = JournalStorage.at(folder).open()) {
            assertThat(handle.append("{\"d\":4}")).isEqualTo(3);
        }
        assertThat(lines()).containsExactly("{\"a\":1}", "{\"b\":\"\u00fc\"}", "{\"c\":3}", "{\"d\":4}");
        assertThat(folder.resolve("journal.damaged")).hasContent("{\"crc\":\"12");
    }

    @Test
    void aByteChangedAnywhereCostsItsLineAndTheLaterOnes() throws IOException {
        byte[] sound = Files.readAllBytes(journal);
        int line = 0;
        for (int i = 0; i < sound.length; i++) {
            byte[] damaged = sound.clone();
            damaged[i] ^= 1;
            Files.write(journal, damaged);
            assertThat(lines()).as("byte %d", i).hasSize(line);
            line += sound[i] == '\n' ? 1 : 0;
        }
    }

    @Test
    void aSharedJournalShowsWhatOthersAppended() {
        try (StudyStorage.Handle one = JournalStorage.shared(folder).open();
                StudyStorage.Handle two = JournalStorage.shared(folder).open()) {
            assertThat(one.append("{}")).isEqualTo(3);
            assertThat(two.append("{}")).isEqualTo(4);
            assertThat(one.readFrom(4)).hasSize(1);
        }
    }

    @Test
    void sharedHandlesOnManyThreadsLoseNoLine() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        for (int t = 0; t < 4; t++) {
            pool.submit(() -> {
                for (int i = 0; i < 10; i++) {
                    try (StudyStorage.Handle handle =
                            JournalStorage.shared(folder).open()) {
                        handle.append("{\"i\":%d}".formatted(i));
                    }
                }
                return null;
            });
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(lines()).hasSize(43);
    }

    @Test
    void anotherProcessIsRefusedWhileTheStudyIsHeld() throws Exception {
        try (StudyStorage.Handle handle = JournalStorage.at(folder).open()) {
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Opener.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(other.waitFor()).as(output).isEqualTo(1);
            assertThat(output)
                    .contains(
                            "in use by another run",
                            "process " + ProcessHandle.current().pid(),
                            "journal.lock");
            handle.append("{}");
        }
    }

    /** Opens the study of the folder given; the refusal ends the process with status 1 and its message. */
    static final class Opener {
        private Opener() {}

        public static void main(String[] arguments) {
            try (StudyStorage.Handle handle =
                    JournalStorage.at(Path.of(arguments[0])).open()) {
                handle.append("{}");
            }
        }
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws IOException {
        Path file = Files.writeString(temporary.resolve("b.study"), "");
        assertThatThrownBy(() -> JournalStorage.at(file).open())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is a file")
                .hasMessageContaining(file.toString());
    }

    @Test
    void aStaleOwnerOfADeadProcessDoesNotKeepTheStudyLocked() throws IOException {
        Files.writeString(folder.resolve("journal.owner"), "process 1 of 2020-01-01T00:00:00Z");
        assertThat(lines()).hasSize(3);
    }
}
