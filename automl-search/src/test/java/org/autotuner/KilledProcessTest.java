package org.autotuner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed at once, without any chance to tidy up, and another one goes on. */
@Tag("slow")
@Timeout(180)
class KilledProcessTest {

    @TempDir
    private Path folder;

    @Test
    void afterAKillTheNextProcessEndsWithTheSameModelAndRepeatsNoFinishedTrial() throws Exception {
        finish("whole");
        Process killed = start("cut");
        Path journal = folder.resolve("cut").resolve("journal.jsonl");
        while (killed.isAlive() && finishedIn(journal).size() < 3) {
            killed.waitFor(5, TimeUnit.MILLISECONDS);
        }
        killed.destroyForcibly().waitFor();
        assertThat(killed.exitValue()).as("it was killed in the middle").isNotZero();
        int ended = finishedIn(journal).size();
        assertThat(ended).isBetween(3, KilledFit.TRIALS - 1);

        Files.delete(folder.resolve("cut.fits"));
        finish("cut");
        assertThat(Files.readString(folder.resolve("cut.predictions")))
                .isEqualTo(Files.readString(folder.resolve("whole.predictions")));
        long trialsRun = Files.readAllLines(folder.resolve("cut.fits")).stream()
                .distinct()
                .count();
        assertThat(trialsRun)
                .as("different configurations fitted by the second process")
                .isEqualTo(KilledFit.TRIALS - ended);
    }

    private void finish(String name) throws IOException, InterruptedException {
        Process process = start(name);
        int code = process.waitFor();
        assertThat(code).as(Files.readString(folder.resolve(name + ".log"))).isZero();
    }

    private Process start(String name) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        KilledFit.class.getName(),
                        folder.resolve(name).toString(),
                        folder.resolve(name + ".fits").toString(),
                        folder.resolve(name + ".predictions").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    private static List<String> finishedIn(Path journal) throws IOException {
        List<String> finished = new ArrayList<>();
        if (Files.exists(journal)) {
            String text = Files.readString(journal);
            int end = text.lastIndexOf('\n');
            for (String line : text.substring(0, Math.max(0, end)).split("\n")) {
                if (line.contains("\"trial_finished\"") || line.contains("\"trial_ended\"")) {
                    finished.add(line);
                }
            }
        }
        return finished;
    }
}
