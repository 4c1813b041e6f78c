package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.autotuner.data.Table;
import org.autotuner.examples.bench.train.DjlTraining;
import org.autotuner.examples.bench.train.ScriptDump;
import org.autotuner.examples.bench.train.ScriptTraining;
import org.autotuner.examples.bench.train.TorchTraining;
import org.autotuner.examples.bench.train.TrainRows;
import org.autotuner.examples.bench.train.TrainedNetwork;
import org.autotuner.examples.bench.train.Training;

/**
 * Steps per second of our training loop relative to a peer's: same network, same rows, same start, one thread each, epochs
 * alternated in one process; the ratio is the median over the runs, after one that does not count.
 */
final class TrainBench {

    private static final List<TrainedNetwork> NETWORKS = List.of(
            TrainedNetwork.of(32, 64),
            TrainedNetwork.of(128, 64),
            TrainedNetwork.of(128, 256),
            TrainedNetwork.of(512, 256));
    private static final List<TrainedNetwork> TOGETHER = List.of(
            TrainedNetwork.of(32, 64),
            TrainedNetwork.of(64, 64),
            TrainedNetwork.of(128, 64),
            TrainedNetwork.of(32, 256));
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
        List<Double> ratios = new ArrayList<>();
        for (TrainedNetwork network : NETWORKS) {
            try (ScriptTraining ours = new ScriptTraining(rows, network, 1, 1);
                    DjlTraining theirs = new DjlTraining(rows, network, ours.weights())) {
                ratios.add(compare(rows, network, "djl-trainer", ours, theirs, runs));
            }
        }
        summary("djl-trainer", ratios);
    }

    private static void torch(TrainRows rows, int runs, String python) throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (TrainedNetwork network : NETWORKS) {
            try (ScriptTraining ours = new ScriptTraining(rows, network, 1, 1);
                    TorchTraining theirs = new TorchTraining(python, rows, network, ours.weights())) {
                ratios.add(compare(rows, network, "torch", ours, theirs, runs));
            }
        }
        summary("torch", ratios);
    }

    /** Resident memory while one training follows another, each with a learner of its own. */
    private static void memory(TrainRows rows, int trainings) {
        double early = 0;
        for (int number = 1; number <= trainings; number++) {
            TrainedNetwork network = NETWORKS.get(number % 3);
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
        for (TrainedNetwork network : TOGETHER) {
            try (ScriptTraining ours = new ScriptTraining(rows, network, FOLDS, 1);
                    ScriptTraining alone = new ScriptTraining(rows, network, 1, 1)) {
                ratios.add(compare(rows, network, "serial", ours, alone, runs));
            }
        }
        summary("serial", ratios);
    }

    private static double compare(
            TrainRows rows, TrainedNetwork network, String peer, Training ours, Training theirs, int runs)
            throws Exception {
        double[] ratios = new double[runs];
        double[] speeds = new double[runs];
        for (int run = -1; run < runs; run++) {
            double own = ours.stepsPerSecond();
            double other = theirs.stepsPerSecond();
            if (run >= 0) {
                ratios[run] = own / other;
                speeds[run] = own;
            }
        }
        double ratio = median(ratios);
        new ResultLine()
                .put("network", network.label())
                .put("data", rows.name())
                .put("peer", peer)
                .put("ratio", ratio)
                .put("steps_per_s", median(speeds))
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

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
