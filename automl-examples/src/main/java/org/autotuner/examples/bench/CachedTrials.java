package org.autotuner.examples.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.predict.Predictions;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;

/**
 * What a fit's trials predicted for one data set, so that orders, ensembles and ablations can be judged without training.
 *
 * @param metric name of the data set's metric
 * @param threads that the fit had
 * @param trials in the order of their numbers
 */
record CachedTrials(String dataset, long seed, String metric, int threads, Task task, List<Trial> trials) {

    /**
     * A finished trial.
     *
     * @param configuration as JSON
     * @param seconds of all its folds together
     * @param outOfFold one line per training row
     * @param test one line per test row: the mean of the folds' models
     * @param testOfOne the same of the first fold's model alone
     */
    record Trial(
            int number,
            String family,
            String configuration,
            double error,
            double seconds,
            Predictions outOfFold,
            Predictions test,
            Predictions testOfOne) {}

    CachedTrials {
        trials = List.copyOf(trials);
    }

    static Path file(Path folder, String dataset, long seed) {
        return folder.resolve("%s-%d.trials".formatted(dataset, seed));
    }

    void write(Path folder) {
        Node node = Node.root();
        node.put("dataset", dataset).put("seed", seed).put("metric", metric).put("threads", threads);
        Tasks.write(task, node.child("task"));
        node.list("trials");
        for (Trial trial : trials) {
            node.append("trials")
                    .put("number", trial.number())
                    .put("family", trial.family())
                    .put("configuration", trial.configuration())
                    .put("error", trial.error())
                    .put("seconds", trial.seconds())
                    .put("out_of_fold", trial.outOfFold().toArray())
                    .put("test", trial.test().toArray())
                    .put("test_of_one", trial.testOfOne().toArray());
        }
        Bundle.write(file(folder, dataset, seed), node);
    }

    static CachedTrials read(Path file) {
        Node node = Bundle.read(file);
        Task task = Tasks.read(node.node("task"));
        List<Trial> trials = new ArrayList<>();
        for (Node trial : node.nodes("trials")) {
            trials.add(new Trial(
                    trial.integer("number", 0, Integer.MAX_VALUE),
                    trial.text("family"),
                    trial.text("configuration"),
                    trial.real("error"),
                    trial.real("seconds"),
                    Predictions.of(task, trial.doubles("out_of_fold")),
                    Predictions.of(task, trial.doubles("test")),
                    Predictions.of(task, trial.doubles("test_of_one"))));
        }
        return new CachedTrials(
                node.text("dataset"),
                node.number("seed"),
                node.text("metric"),
                node.integer("threads", 1, 1_000),
                task,
                trials);
    }
}
