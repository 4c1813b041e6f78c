package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.autotuner.storage.StudyStorage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search is killed at once, without any chance to tidy up, and another process goes on. */
@Tag("slow")
@Timeout(180)
class KilledSearchTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"journal", "h2"})
    void afterAKillTheTrialsAreThoseOfAnUninterruptedRunAndNoFinishedOneIsRepeated(String kind) throws Exception {
        finish(kind, "whole");
        Process killed = start(kind, "cut");
        while (killed.isAlive() && evaluated("cut").size() < KilledSearch.TRIALS / 3) {
            killed.waitFor(5, TimeUnit.MILLISECONDS);
        }
        killed.destroyForcibly().waitFor();
        assertThat(killed.exitValue()).as("it was killed in the middle").isNotZero();
        long finished;
        try (StudyStorage.Handle handle =
                KilledSearch.storage(kind, folder.resolve("cut")).open()) {
            finished = handle.readFrom(0).stream()
                    .filter(entry -> entry.json().contains("trial_finished"))
                    .count();
        }
        assertThat(finished).isBetween(KilledSearch.TRIALS / 3 - 3L, KilledSearch.TRIALS - 1L);

        Files.delete(folder.resolve("cut.evaluations"));
        finish(kind, "cut");
        assertThat(Files.readAllLines(folder.resolve("cut.trials")))
                .isEqualTo(Files.readAllLines(folder.resolve("whole.trials")));
        assertThat(evaluated("cut")).doesNotHaveDuplicates().hasSize((int) (KilledSearch.TRIALS - finished));
    }

    private List<String> evaluated(String name) throws IOException {
        Path file = folder.resolve(name + ".evaluations");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void finish(String kind, String name) throws IOException, InterruptedException {
        Process process = start(kind, name);
        int code = process.waitFor();
        assertThat(code).as(Files.readString(folder.resolve(name + ".log"))).isZero();
    }

    private Process start(String kind, String name) throws IOException {
        Path storage = Files.createDirectories(folder.resolve(name));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledSearch.class.getName(),
                        kind,
                        storage.toString(),
                        folder.resolve(name + ".evaluations").toString(),
                        folder.resolve(name + ".trials").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }
}
