package org.autotuner.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.autotuner.budget.Deadline;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TrainingMemoryTest {

    private static final Path STATUS = Path.of("/proc/self/status");

    @Test
    void twoHundredTrainingsDoNotGrowTheProcess() throws IOException {
        assumeTrue(Files.exists(STATUS), "tells resident memory on Linux alone");
        NetworkData data = Networks.directions(2000, 1);
        train(data, 50);
        long before = residentMegabytes();
        train(data, 200);
        long after = residentMegabytes();
        // a training has some 6 MB on the device (weights, two moments, rows, two epochs of steps): 200 leaks were a
        // gigabyte
        assertThat(after - before).as("MB before %d, after %d", before, after).isLessThan(100);
    }

    private static void train(NetworkData data, int times) {
        TrainingSettings settings =
                TrainingSettings.of(Loss.crossEntropy()).withEpochs(2).withBatch(500);
        for (int i = 0; i < times; i++) {
            try (BlockLearner learner =
                    BlockLearner.of(Networks.normalised(400, 3, 0.1), data, data, settings.withSeed(i))) {
                new TrainingLoop(settings).run(learner, outputs -> outputs[0], EpochListener.NONE, Deadline.never());
            }
        }
    }

    private static long residentMegabytes() throws IOException {
        System.gc();
        return Files.readAllLines(STATUS).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                / 1024;
    }
}
