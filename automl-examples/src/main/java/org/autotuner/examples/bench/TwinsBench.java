package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Two JVMs that start and train at the same moment, again and again: natives must not be torn from one another. */
final class TwinsBench {

    private TwinsBench() {}

    static void run(List<String> arguments) throws IOException, InterruptedException {
        Options options = new Options(arguments, Set.of("data", "dataset", "times", "budget-seconds"));
        int times = options.whole("times", 10);
        Path folder = Files.createTempDirectory("autotuner-twins");
        int crashes = 0;
        for (int time = 0; time < times; time++) {
            List<String> command = List.of(
                    "tabular",
                    "--data",
                    options.required("data"),
                    "--dataset",
                    options.required("dataset"),
                    "--threads",
                    "1",
                    "--budget-seconds",
                    options.text("budget-seconds").orElse("3"));
            Process first = ChildJvm.start(folder.resolve("first.jsonl"), command);
            Process second = ChildJvm.start(folder.resolve("second.jsonl"), command);
            int firstStatus = first.waitFor();
            int secondStatus = second.waitFor();
            crashes += (firstStatus == 0 ? 0 : 1) + (secondStatus == 0 ? 0 : 1);
            new ResultLine()
                    .put("time", time)
                    .put("first_status", firstStatus)
                    .put("second_status", secondStatus)
                    .print();
        }
        new ResultLine().put("times", times).put("crashes", crashes).print();
        if (crashes > 0) {
            throw new IllegalStateException("%d of %d processes failed.".formatted(crashes, 2 * times));
        }
    }
}
