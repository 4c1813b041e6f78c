package org.autotuner.examples.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.autotuner.AutoTuner;
import org.autotuner.budget.Budget;
import org.autotuner.budget.Deadline;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.data.Table;
import org.autotuner.execute.Scoring;
import org.autotuner.model.AutoModel;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FittedPreparations;
import org.autotuner.score.Scorers;
import org.autotuner.storage.JournalStorage;
import org.autotuner.storage.StudyStorage;
import org.autotuner.task.Task;

/** Keeps what all trials of one fit predict, out of fold and for the test rows: see {@link CachedTrials}. */
final class CacheBench {

    private CacheBench() {}

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(
                arguments, Set.of("data", "dataset", "cache", "budget-seconds", "threads", "seed", "families"));
        DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), options.required("dataset"));
        Path folder = Path.of(options.required("cache"));
        Files.createDirectories(folder);
        int threads = options.whole("threads", 2);
        int seed = options.whole("seed", 1);
        if (Files.exists(CachedTrials.file(folder, spec.name(), seed))) {
            System.err.println(spec.name() + " is there already.");
            return;
        }
        Table train = spec.train();
        Path journal = Files.createTempDirectory("cache");
        try {
            Budget budget = TabularBench.time(options).withThreads(threads);
            AutoTuner.Builder builder =
                    TabularBench.builder(spec, budget).seed(seed).storage(JournalStorage.at(journal.resolve("study")));
            if (options.text("families").isPresent()) {
                builder.families(options.list("families").toArray(String[]::new));
            }
            AutoModel model = builder.build().fit(train);
            Table test = model.features().align(spec.test(train));
            List<CachedTrials.Trial> trials = trials(journal.resolve("study"), model.task(), test, train.rowCount());
            new CachedTrials(spec.name(), seed, spec.metric(), threads, model.task(), trials).write(folder);
            new ResultLine()
                    .put("dataset", spec.name())
                    .put("seed", seed)
                    .put("trials", trials.size())
                    .print();
        } finally {
            delete(journal);
        }
    }

    private static List<CachedTrials.Trial> trials(Path journal, Task task, Table test, int rows) {
        List<CachedTrials.Trial> trials = new ArrayList<>();
        try (StudyStorage.Handle storage = JournalStorage.at(journal).open()) {
            for (StudyStorage.Entry entry : storage.readFrom(0)) {
                JsonObject line = JsonParser.parseString(entry.json()).getAsJsonObject();
                if (line.get("kind").getAsString().equals("trial_finished")) {
                    storage.artifact("trial-" + line.get("number").getAsInt())
                            .map(bytes -> trial(Bundle.fromBytes(bytes), task, test))
                            .filter(trial -> trial.outOfFold().size() == rows) // no holdout: all rows are validated
                            .ifPresent(trials::add);
                }
            }
        }
        trials.sort(Comparator.comparingInt(CachedTrials.Trial::number));
        return trials;
    }

    private static CachedTrials.Trial trial(Node node, Task task, Table test) {
        int width = task.outputs();
        double[] mean = new double[test.rowCount() * width];
        double[] first = new double[0];
        List<Node> parts = node.nodes("parts");
        for (Node part : parts) {
            FeatureMatrix features =
                    FittedPreparations.read(part.node("preparation")).transform(test);
            double[] outputs = Scoring.predict(task, Scorers.read(part.node("scorer")), features, Deadline.never())
                    .predictions()
                    .toArray();
            first = first.length == 0 ? outputs : first;
            for (int i = 0; i < mean.length; i++) {
                mean[i] += outputs[i] / parts.size();
            }
        }
        return new CachedTrials.Trial(
                node.integer("number", 0, Integer.MAX_VALUE),
                node.text("family"),
                node.text("configuration"),
                node.real("error"),
                node.real("seconds"),
                Predictions.of(task, node.doubles("out_of_fold")),
                Predictions.of(task, mean),
                Predictions.of(task, first));
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
