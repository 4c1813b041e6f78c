package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.autotuner.AutoTuner;
import org.autotuner.FitJob;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.model.AutoModel;

/** Whether {@code fit} returns by its limit plus the larger of 10 % and a second, with a model better than the prior. */
final class BudgetBench {

    private BudgetBench() {}

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(
                arguments,
                Set.of("data", "dataset", "budget-seconds", "threads", "made-rows", "made-columns", "cancel-after"));
        List<String> budgets =
                options.text("budget-seconds").isPresent() ? options.list("budget-seconds") : List.of("1", "5", "30");
        int threads = options.whole("threads", 2);
        boolean isKept = true;
        for (String seconds : budgets) {
            Duration limit = Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000));
            Budget budget = Budget.of(limit).withThreads(threads);
            if (options.text("dataset").isPresent()) {
                DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), options.required("dataset"));
                isKept &=
                        measure(spec.name(), TabularBench.builder(spec, budget).build(), spec.train(), limit, options);
            } else {
                int rows = options.whole("made-rows", 1_000_000);
                int columns = options.whole("made-columns", 30);
                AutoTuner tuner = AutoTuner.builder()
                        .target(MadeTable.TARGET)
                        .budget(budget)
                        .build();
                isKept &= measure(
                        "made %d x %d".formatted(rows, columns), tuner, MadeTable.of(rows, columns, 1), limit, options);
            }
        }
        if (!isKept) {
            throw new IllegalStateException("A budget was not kept: see the lines with \"kept\": false.");
        }
    }

    private static boolean measure(String name, AutoTuner tuner, Table train, Duration limit, Options options) {
        long start = System.nanoTime();
        FitJob job = tuner.submit(train);
        double cancelAfter = options.number("cancel-after", Double.NaN);
        double allowed = limit.toMillis() / 1e3 + Math.max(1, limit.toMillis() / 1e4);
        if (!Double.isNaN(cancelAfter)) {
            pause(cancelAfter);
            job.cancel();
            allowed = cancelAfter + 1;
        }
        AutoModel model = job.await();
        double wall = (System.nanoTime() - start) / 1e9;
        System.err.println(job.report());
        new ResultLine()
                .put("dataset", name)
                .put("rows", train.rowCount())
                .put("budget_s", limit.toMillis() / 1e3)
                .put("cancelled_s", cancelAfter)
                .put("wall_s", wall)
                .put("allowed_s", allowed)
                .put("kept", wall <= allowed)
                .put("first_model_s", job.report().firstModelSeconds())
                .put("trials", job.report().trials())
                .put("leader", model.members().get(0).name())
                .put("peak_rss_mb", ProcessFigures.peakMegabytes())
                .print();
        return wall <= allowed;
    }

    static void pause(double seconds) {
        try {
            Thread.sleep(Math.round(seconds * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
