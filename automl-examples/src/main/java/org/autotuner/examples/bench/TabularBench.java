package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.autotuner.AutoTuner;
import org.autotuner.FitJob;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.listen.LoggingListener;
import org.autotuner.model.AutoModel;
import org.autotuner.plan.FitReport;
import org.autotuner.split.Fold;
import org.autotuner.split.Splits;
import org.autotuner.split.TrainTest;
import org.autotuner.storage.JournalStorage;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;

/** Fits one data set and prints its line. */
final class TabularBench {

    private static final int OUTER_FOLDS = 5;
    private static final long OUTER_SEED = 20_240_607;

    private TabularBench() {}

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(
                arguments,
                Set.of(
                        "data",
                        "dataset",
                        "budget-seconds",
                        "threads",
                        "seed",
                        "families",
                        "trials",
                        "save",
                        "predictions",
                        "journal",
                        "outer-fold"));
        DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), options.required("dataset"));
        int threads = options.whole("threads", 2);
        int seed = options.whole("seed", 1);
        TrainTest rows = rows(spec, options);
        Table train = rows.train();

        double cpu = ProcessFigures.cpuSeconds();
        long start = System.nanoTime();
        FitJob job = tuner(spec, options, threads, seed).submit(train);
        AutoModel model = job.await();
        double wall = (System.nanoTime() - start) / 1e9;
        cpu = ProcessFigures.cpuSeconds() - cpu;
        FitReport report = job.report();
        System.err.println(report);

        Table test = rows.test();
        PredictionFile.Content predictions = PredictionFile.Content.of(model.predict(test.without(spec.target())));
        if (options.path("predictions").isPresent()) {
            PredictionFile.write(options.path("predictions").get().resolve(spec.name() + ".csv"), predictions);
        }
        long bytes = save(model, options, spec.name());
        RowTiming timing = RowTiming.of(model, test.without(spec.target()));

        ResultLine line = new ResultLine()
                .put("dataset", spec.name())
                .put("task", spec.task())
                .put("system", "autotuner")
                .put("version", System.getProperty("bench.version", "unknown"))
                .put("commit", System.getProperty("bench.commit", "unknown"))
                .put("seed", seed)
                .put("budget_s", options.text("trials").isPresent() ? Double.NaN : options.number("budget-seconds", 60))
                .put("threads", threads)
                .put("first_model_s", report.firstModelSeconds())
                .put("train_wall_s", wall)
                .put("train_cpu_s", cpu)
                .put("total_wall_s", ProcessFigures.sinceStart())
                .put("trials", report.trials())
                .put("members", model.members().size())
                .put("leader", model.members().get(0).name());
        addScores(line, spec, PredictionFile.texts(test, spec.target()), predictions);
        line.put("validation_value", report.validation().value())
                .put("validation_low", report.validation().low())
                .put("validation_high", report.validation().high())
                .put("model_bytes", bytes)
                .put("row_p50_us", timing.medianMicros())
                .put("row_p99_us", timing.p99Micros())
                .put("peak_rss_mb", ProcessFigures.peakMegabytes())
                .print();
    }

    /** The data set's own two parts; or both together, of which every fifth row by a stratified split is for testing. */
    private static TrainTest rows(DatasetSpec spec, Options options) {
        Table train = spec.train();
        Table test = spec.test(train);
        int number = options.whole("outer-fold", 0);
        if (number == 0) {
            return new TrainTest(train, test);
        }
        if (number < 0 || number > OUTER_FOLDS) {
            throw new Options.UsageException("--outer-fold is from 1 to %d.".formatted(OUTER_FOLDS));
        }
        Table all = train.append(test);
        Task task = spec.task(all);
        Fold fold = Splits.stratifiedKFold(OUTER_FOLDS)
                .split(all, task, Tasks.encode(task, all), OUTER_SEED)
                .get(number - 1);
        return new TrainTest(all.rows(fold.train()), all.rows(fold.validation()));
    }

    static AutoTuner tuner(DatasetSpec spec, Options options, int threads, long seed) {
        Budget budget =
                options.text("trials").isPresent() ? Budget.ofTrials(options.whole("trials", 0)) : time(options);
        AutoTuner.Builder builder = builder(spec, budget.withThreads(threads))
                .seed(seed)
                .listener(new LoggingListener()); // heard with BENCH_LOG=debug
        options.path("journal")
                .ifPresent(folder -> builder.storage(JournalStorage.at(folder.resolve(spec.name() + ".study"))));
        if (options.text("families").isPresent()) {
            builder.families(options.list("families").toArray(String[]::new));
        }
        return builder.build();
    }

    static Budget time(Options options) {
        return Budget.of(Duration.ofMillis(Math.round(1000 * options.number("budget-seconds", 60))));
    }

    static AutoTuner.Builder builder(DatasetSpec spec, Budget budget) {
        AutoTuner.Builder builder = AutoTuner.builder()
                .target(spec.target())
                .metric(spec.metricObject())
                .budget(budget);
        spec.positive().ifPresent(builder::positive);
        spec.pixels().ifPresent(builder::pixels);
        if (!spec.raters().isEmpty()) {
            builder.user(spec.raters().get(0)).item(spec.raters().get(1));
        }
        return spec.isClassification() ? builder.classification() : builder.regression();
    }

    /** The data set's own metric, and for classes also accuracy and log loss, on the test rows. */
    private static void addScores(
            ResultLine line, DatasetSpec spec, String[] truth, PredictionFile.Content predictions) {
        double error = TestScore.of(
                        spec.metric(), truth, predictions, spec.positive().orElse(""))
                .error();
        line.put("metric", spec.metric()).put("value", TestScore.errorOf(spec.metric(), error));
        if (spec.isClassification()) {
            int right = 0;
            for (int row = 0; row < truth.length; row++) {
                right += truth[row].equals(predictions.values()[row]) ? 1 : 0;
            }
            line.put("accuracy", (double) right / truth.length)
                    .put(
                            "log_loss",
                            TestScore.of("log_loss", truth, predictions, "").error());
        }
    }

    private static long save(AutoModel model, Options options, String name) throws IOException {
        if (options.path("save").isPresent()) {
            Path file = Files.createDirectories(options.path("save").get()).resolve(name + ".automl");
            model.save(file);
            return Files.size(file);
        }
        Path folder = Files.createTempDirectory("autotuner-bench");
        Path file = folder.resolve(name + ".automl");
        try {
            model.save(file);
            return Files.size(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }
}
