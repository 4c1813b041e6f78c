package org.autotuner.models.boost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.space.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("slow")
class NativeMemoryTest {

    /** Without freeing, measurements showed 1 to 2.5 MB lost per fit. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void hundredFitsDoNotGrowTheProcess() throws IOException {
        TrainingData data = Tables.of(Tables.classes(3), 2000, 1);
        DataShape shape = new DataShape(data.task(), 2000, 2, 2, 65, 0);
        for (ModelFamily family : List.of(new LightGbmFamily(), new XgBoostFamily())) {
            Configuration point = family.startingPoints(shape).get(0);
            fit(family, data, point, 30);
            assertThat(leastGrowth(family, data, point)).as(family.id()).isLessThan(40);
        }
    }

    /** The heap may take more of its room once; what is not freed grows every time. */
    private static long leastGrowth(ModelFamily family, TrainingData data, Configuration point) throws IOException {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3 && least >= 40; round++) {
            long before = residentMegabytes();
            fit(family, data, point, 100);
            least = Math.min(least, residentMegabytes() - before);
        }
        return least;
    }

    private static void fit(ModelFamily family, TrainingData data, Configuration point, int times) {
        for (int i = 0; i < times; i++) {
            family.fit(data, point, FitContext.of(Metrics.logLoss(), i).withProgress((step, error) -> step < 12));
        }
    }

    private static long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmRSS"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024;
    }
}
