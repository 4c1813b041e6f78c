package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.autotuner.data.Table;
import org.autotuner.examples.bench.search.Median;
import org.autotuner.examples.bench.train.ComparedNetwork;
import org.autotuner.examples.bench.train.DjlTraining;
import org.autotuner.examples.bench.train.ScriptDump;
import org.autotuner.examples.bench.train.ScriptTraining;
import org.autotuner.examples.bench.train.TorchTraining;
import org.autotuner.examples.bench.train.TrainRows;
import org.autotuner.examples.bench.train.Training;

/**
 * Steps per second of our training loop relative to a peer's: same network, same rows, same start, one thread each, epochs
 * alternated in one process; the ratio is the median over the runs, after one that does not count.
 */
final class TrainBench {

    private static final List<ComparedNetwork> NETWORKS = List.of(
            ComparedNetwork.of(32, 64),
            ComparedNetwork.of(128, 64),
            ComparedNetwork.of(128, 256),
            ComparedNetwork.of(512, 256));
    private static final List<ComparedNetwork> TOGETHER = List.of(
            ComparedNetwork.of(32, 64),
            ComparedNetwork.of(64, 64),
            ComparedNetwork.of(128, 64),
            ComparedNetwork.of(32, 256));
    private static final int FOLDS = 8;

    private TrainBench() {}

    static void run(List<String> arguments) throws Exception {
        Options options =
                new Options(arguments, Set.of("data", "dataset", "peer", "python", "runs", "dump", "trainings"));
        if (options.text("dump").isPresent()) {
            ScriptDump.write(Path.of(options.required("dump")));
            return;
        }
        TrainRows rows = rows(options);
        if (options.text("trainings").isPresent()) {
            memory(rows, options.whole("trainings", 500));
            return;
        }
        int runs = options.whole("runs", 5);
        String peer = options.text("peer").orElse("");
        switch (peer) {
            case "" -> {
                djl(rows, runs);
                serial(rows, runs);
            }
            case "djl-trainer" -> djl(rows, runs);
            case "serial" -> serial(rows, runs);
            case "torch" -> torch(rows, runs, options.text("python").orElse("python3"));
            default -> throw new Options.UsageException(
                    "Unknown peer '%s'; known: djl-trainer, serial, torch.".formatted(peer));
        }
    }

    private static TrainRows rows(Options options) throws IOException {
        if (options.text("data").isEmpty()) {
            return TrainRows.made();
        }
        DatasetSpec spec = DatasetSpec.read(
                Path.of(options.required("data")), options.text("dataset").orElse("letter"));
        Table table = spec.train();
        return TrainRows.of(spec.name(), table, spec.target());
    }

    private static void djl(TrainRows rows, int runs) throws Exception {
        compare(rows, "djl-trainer", runs, (network, weights) -> new DjlTraining(rows, network, weights));
    }

    private static void torch(TrainRows rows, int runs, String python) throws Exception {
        compare(rows, "torch", runs, (network, weights) -> new TorchTraining(python, rows, network, weights));
    }

    /** Makes a peer's training of a network from initial weights. */
    private interface Peer {
        Training of(ComparedNetwork network, List<float[]> weights) throws Exception;
    }

    private static void compare(TrainRows rows, String name, int runs, Peer peer) throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (ComparedNetwork network : NETWORKS) {
            try (ScriptTraining ours = new ScriptTraining(rows, network, 1, 1);
                    Training theirs = peer.of(network, ours.weights())) {
                ratios.add(compare(rows, network, name, ours, theirs, runs));
            }
        }
        summary(name, ratios);
    }

    /** Resident memory while one training follows another, each with a learner of its own. */
    private static void memory(TrainRows rows, int trainings) {
        double early = 0;
        for (int number = 1; number <= trainings; number++) {
            ComparedNetwork network = NETWORKS.get(number % 3);
            try (ScriptTraining training = new ScriptTraining(rows, network, number % 2 + 1, number)) {
                training.stepsPerSecond();
            }
            if (number == trainings / 5) {
                early = settled();
            }
        }
        double end = settled();
        new ResultLine()
                .put("trainings", trainings)
                .put("rss_early_mb", early)
                .put("rss_end_mb", end)
                .put("growth", end / early - 1)
                .print();
    }

    /** Resident megabytes without what the heap holds for nothing. */
    private static double settled() {
        System.gc();
        return ProcessFigures.residentMegabytes();
    }

    /** Eight networks at once against eight one after the other. */
    private static void serial(TrainRows rows, int runs) throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (ComparedNetwork network : TOGETHER) {
            try (ScriptTraining ours = new ScriptTraining(rows, network, FOLDS, 1);
                    ScriptTraining alone = new ScriptTraining(rows, network, 1, 1)) {
                ratios.add(compare(rows, network, "serial", ours, alone, runs));
            }
        }
        summary("serial", ratios);
    }

    private static double compare(
            TrainRows rows, ComparedNetwork network, String peer, Training ours, Training theirs, int runs)
            throws Exception {
        List<Double> ratios = new ArrayList<>();
        List<Double> speeds = new ArrayList<>();
        for (int run = -1; run < runs; run++) {
            double own = ours.stepsPerSecond();
            double other = theirs.stepsPerSecond();
            if (run >= 0) {
                ratios.add(own / other);
                speeds.add(own);
            }
        }
        double ratio = Median.of(ratios);
        new ResultLine()
                .put("network", network.label())
                .put("data", rows.name())
                .put("peer", peer)
                .put("ratio", ratio)
                .put("steps_per_s", Median.of(speeds))
                .print();
        return ratio;
    }

    private static void summary(String peer, List<Double> ratios) {
        double logs = ratios.stream().mapToDouble(Math::log).average().orElse(Double.NaN);
        double least = ratios.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        new ResultLine()
                .put(
                        "summary",
                        new ResultLine()
                                .put("peer", peer)
                                .put("geometric_mean", Math.exp(logs))
                                .put("least", least))
                .print();
    }
}
