package org.autotuner.examples.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Kills a journalled run, goes on from its storage, and compares with a run that was left alone. */
final class ResumeBench {

    private static final String FINISHED = "trial_finished";

    private ResumeBench() {}

    static void run(List<String> arguments) throws IOException, InterruptedException {
        Options options = new Options(arguments, Set.of("data", "dataset", "trials", "seed", "families"));
        int trials = options.whole("trials", 20);
        Path folder = Files.createTempDirectory("autotuner-resume");
        ChildJvm.run(folder.resolve("whole.jsonl"), command(options, trials, folder.resolve("whole")));
        List<String> again = command(options, trials, folder.resolve("killed"));
        int kills = 0;
        for (int share = 1; share <= 2; share++) {
            kills += killAfter(again, folder, trials * share / 3) ? 1 : 0;
        }
        ChildJvm.run(folder.resolve("killed.jsonl"), again);
        String name = options.required("dataset") + ".csv";
        boolean isEqual = Files.mismatch(
                        folder.resolve("whole").resolve(name),
                        folder.resolve("killed").resolve(name))
                < 0;
        List<Integer> finished = finished(folder.resolve("killed"));
        int repeated = finished.size() - new HashSet<>(finished).size();
        new ResultLine()
                .put("dataset", options.required("dataset"))
                .put("trials", trials)
                .put("kills", kills)
                .put("finished_in_journal", finished.size())
                .put("repeated", repeated)
                .put("same_predictions", isEqual)
                .put("folder", folder.toString())
                .print();
        if (repeated > 0 || !isEqual) {
            throw new IllegalStateException("The resumed run differs from the uninterrupted one: see " + folder);
        }
    }

    private static List<String> command(Options options, int trials, Path folder) {
        List<String> command = new ArrayList<>(List.of(
                "tabular",
                "--data",
                options.required("data"),
                "--dataset",
                options.required("dataset"),
                "--seed",
                options.text("seed").orElse("1"),
                "--trials",
                Integer.toString(trials),
                "--journal",
                folder.toString(),
                "--predictions",
                folder.toString()));
        options.text("families").ifPresent(families -> command.addAll(List.of("--families", families)));
        return command;
    }

    /** Starts a run and kills it once so many trials have finished; false if it ended before. */
    private static boolean killAfter(List<String> command, Path folder, int count)
            throws IOException, InterruptedException {
        Process process = ChildJvm.start(folder.resolve("killed.jsonl"), command);
        while (process.isAlive() && finished(folder.resolve("killed")).size() < count) {
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        boolean isAlive = process.isAlive();
        process.destroyForcibly();
        process.waitFor();
        return isAlive;
    }

    /** Numbers of the trials that the journal says have finished, in the order of its lines. */
    private static List<Integer> finished(Path folder) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return numbers;
        }
        List<Path> journals;
        try (Stream<Path> files = Files.walk(folder)) {
            journals = files.filter(file -> file.getFileName().toString().endsWith(".jsonl"))
                    .toList();
        }
        for (Path journal : journals) {
            for (String line : Files.readString(journal).split("\n")) {
                finishedNumber(line).ifPresent(numbers::add);
            }
        }
        return numbers;
    }

    private static Optional<Integer> finishedNumber(String line) {
        JsonObject entry;
        try {
            entry = JsonParser.parseString(line).getAsJsonObject().getAsJsonObject("entry");
        } catch (JsonParseException | IllegalStateException e) {
            // The last line of a process that was killed, or is writing, may be torn.
            return Optional.empty();
        }
        return entry != null && FINISHED.equals(entry.get("kind").getAsString())
                ? Optional.of(entry.get("number").getAsInt())
                : Optional.empty();
    }
}
