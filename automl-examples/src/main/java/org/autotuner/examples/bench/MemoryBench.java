package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.autotuner.AutoTuner;
import org.autotuner.FitJob;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.study.StudyEvent;

/** Resident memory over many trials in one process, or its growth during one fit with a memory limit. */
final class MemoryBench {

    private MemoryBench() {}

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(
                arguments,
                Set.of("data", "dataset", "trials", "threads", "memory-megabytes", "budget-seconds", "families"));
        DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), options.required("dataset"));
        if (options.text("memory-megabytes").isPresent()) {
            growth(spec, options);
        } else {
            trials(spec, options);
        }
    }

    private static void growth(DatasetSpec spec, Options options) {
        int limit = options.whole("memory-megabytes", 512);
        Duration time = time(options);
        Table train = spec.train();
        double before = ProcessFigures.residentMegabytes();
        Budget budget = Budget.of(time).withThreads(options.whole("threads", 2)).withMemoryMegabytes(limit);
        FitJob job = TabularBench.builder(spec, budget).build().submit(train);
        job.await();
        double growth = ProcessFigures.peakMegabytes() - before;
        System.err.println(job.report());
        new ResultLine()
                .put("dataset", spec.name())
                .put("heap_mb", Runtime.getRuntime().maxMemory() / 1_048_576)
                .put("memory_megabytes", limit)
                .put("growth_mb", growth)
                .put("kept", growth <= limit)
                .put("first_model_s", job.report().firstModelSeconds())
                .put("trials", job.report().trials())
                .print();
        if (growth > limit) {
            throw new IllegalStateException("The fit took more memory than granted.");
        }
    }

    private static Duration time(Options options) {
        return Duration.ofMillis(Math.round(1000 * options.number("budget-seconds", 30)));
    }

    private static void trials(DatasetSpec spec, Options options) {
        int trials = options.whole("trials", 300);
        int early = trials / 3;
        ConcurrentHashMap<Integer, Double> resident = new ConcurrentHashMap<>();
        Budget budget = options.text("budget-seconds").isPresent()
                ? Budget.of(time(options)).withTrials(trials)
                : Budget.ofTrials(trials);
        AutoTuner.Builder builder = TabularBench.builder(spec, budget.withThreads(options.whole("threads", 2)))
                .listener(event -> {
                    if (event instanceof StudyEvent.TrialFinished finished) {
                        resident.put(finished.trial().number(), ProcessFigures.residentMegabytes());
                    }
                });
        if (options.text("families").isPresent()) {
            builder.families(options.list("families").toArray(String[]::new));
        }
        FitJob job = builder.build().submit(spec.train());
        job.await();
        double middle = largest(resident, early - 10, early);
        double end = largest(resident, trials - 11, trials - 1);
        ResultLine line = new ResultLine()
                .put("dataset", spec.name())
                .put("trials", resident.size())
                .put("rss_early_mb", middle)
                .put("rss_end_mb", end)
                .put("growth", end / middle - 1)
                .put("peak_rss_mb", ProcessFigures.peakMegabytes());
        if (Double.isNaN(end)) {
            line.print();
            throw new IllegalStateException(
                    "The fit ended after %d of %d trials; give it more seconds.".formatted(resident.size(), trials));
        }
        line.put("kept", end <= 1.1 * middle).print();
    }

    /** The largest figure among some trials, since single ones swing with the garbage collector. */
    private static double largest(ConcurrentHashMap<Integer, Double> resident, int from, int to) {
        return resident.entrySet().stream()
                .filter(entry -> entry.getKey() >= from && entry.getKey() <= to)
                .mapToDouble(entry -> entry.getValue())
                .max()
                .orElse(Double.NaN);
    }
}
