package org.autotuner.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.autotuner.Study;
import org.autotuner.study.Trial;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Four processes run one study, and one of them is killed in the middle of a trial. */
@Tag("slow")
@Timeout(240)
class SharedProcessesTest {

    private static final int PROCESSES = 4;

    @TempDir
    private Path folder;

    @Test
    void onAJournal() throws Exception {
        fourProcessesFinishTheStudyTogether(folder.resolve("journal").toString());
    }

    @Test
    void onSqlite() throws Exception {
        fourProcessesFinishTheStudyTogether("jdbc:sqlite:" + folder.resolve("studies.db"));
    }

    @Nested
    class WithAServer {
        @RegisterExtension
        static final PostgresExtension SERVER = new PostgresExtension();

        @Test
        void onPostgres() throws Exception {
            fourProcessesFinishTheStudyTogether(SERVER.address());
        }
    }

    private void fourProcessesFinishTheStudyTogether(String place) throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(start(i, place));
            }
            Process victim = processes.get(0);
            while (victim.isAlive() && !evaluations(0).contains(SharedWorker.HANGS)) {
                victim.waitFor(20, TimeUnit.MILLISECONDS);
            }
            assertThat(victim.isAlive()).as(log(0)).isTrue();
            victim.destroyForcibly().waitFor();
            for (int i = 1; i < PROCESSES; i++) {
                assertThat(processes.get(i).waitFor()).as(log(i)).isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }

        try (Study study = SharedWorker.search(place).open()) {
            assertThat(study.history().trials())
                    .hasSize(SharedWorker.TRIALS)
                    .allMatch(trial -> trial.value().isPresent())
                    .extracting(Trial::configuration)
                    .doesNotHaveDuplicates();
        }
        List<String> evaluations = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            evaluations.addAll(evaluations(i));
        }
        List<String> killed = evaluations(0);
        String lost = killed.get(killed.size() - 2);
        assertThat(killed).endsWith(SharedWorker.HANGS);
        List<String> expected = new ArrayList<>(IntStream.range(0, SharedWorker.TRIALS)
                .mapToObj(Integer::toString)
                .toList());
        expected.add(lost);
        expected.add(SharedWorker.HANGS);
        assertThat(evaluations).as("each trial once, the lost one twice").containsExactlyInAnyOrderElementsOf(expected);
    }

    private Process start(int number, String place) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SharedWorker.class.getName(),
                        place,
                        folder.resolve(number + ".evaluations").toString(),
                        folder.resolve("0.evaluations").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(number + ".log").toFile())
                .start();
    }

    private List<String> evaluations(int number) throws IOException {
        Path file = folder.resolve(number + ".evaluations");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private String log(int number) throws IOException {
        return Files.readString(folder.resolve(number + ".log"));
    }
}
