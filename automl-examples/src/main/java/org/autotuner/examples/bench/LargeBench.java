package org.autotuner.examples.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.autotuner.AutoTuner;
import org.autotuner.FitJob;
import org.autotuner.budget.Budget;
import org.autotuner.data.Table;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.models.boost.LightGbmFamily;
import org.autotuner.models.rounds.LeafWise;

/** A table of a million made rows within time and memory, against one LightGBM with its own defaults on a sample of it. */
final class LargeBench {

    private static final String PEER = "lightgbm-default";
    private static final int DEFAULT_ROUNDS = 100;
    private static final double DEFAULT_RATE = 0.1;
    private static final int TEST_ROWS = 100_000;

    private LargeBench() {}

    static void run(List<String> arguments) throws IOException {
        Options options =
                new Options(arguments, Set.of("rows", "columns", "sample", "budget-seconds", "threads", "seed"));
        int rows = options.whole("rows", 1_000_000);
        int columns = options.whole("columns", 50);
        int threads = options.whole("threads", 2);
        int seed = options.whole("seed", 1);
        Duration limit = Duration.ofMillis(Math.round(1000 * options.number("budget-seconds", 300)));
        Table test = MadeAmounts.of(TEST_ROWS, columns, seed + 1_000_003L);
        Table train = MadeAmounts.of(rows, columns, seed);
        long start = System.nanoTime();
        double cpu = ProcessFigures.cpuSeconds();
        FitJob job = AutoTuner.builder()
                .target(MadeAmounts.TARGET)
                .budget(Budget.of(limit).withThreads(threads))
                .seed(seed)
                .build()
                .submit(train);
        AutoModel model = job.await();
        double wall = (System.nanoTime() - start) / 1e9;
        double used = ProcessFigures.cpuSeconds() - cpu;
        double peak = ProcessFigures.peakMegabytes();
        System.err.println(job.report());
        double error = Scores.of(model, test, Metrics.rmse());
        double peer = Scores.of(peer(train.rows(sample(options.whole("sample", 100_000), rows))), test, Metrics.rmse());
        new ResultLine()
                .put("rows", rows)
                .put("columns", columns)
                .put("budget_s", limit.toMillis() / 1e3)
                .put("train_wall_s", wall)
                .put("train_cpu_s", used)
                .put("peak_rss_mb", peak)
                .put("trials", job.report().trials())
                .put("metric", "rmse")
                .put("value", error)
                .put("peer", PEER)
                .put("peer_value", peer)
                .put("noise", MadeAmounts.NOISE)
                .put("ratio", error / peer)
                .print();
    }

    /** The first rows: they are in no order. */
    private static int[] sample(int wanted, int rows) {
        return IntStream.range(0, Math.min(wanted, rows)).toArray();
    }

    private static AutoModel peer(Table sample) {
        return AutoTuner.builder()
                .target(MadeAmounts.TARGET)
                .budget(Budget.ofTrials(1).withModelBytes(Long.MAX_VALUE)) // one model of all rows
                .family(PacedFamily.fixed(PEER, new LightGbmFamily(), DEFAULT_ROUNDS)
                        .startingAt(start -> start.with(LeafWise.LEARNING_RATE, DEFAULT_RATE)))
                .families(PEER)
                .maxMembers(1)
                .build()
                .fit(sample);
    }
}
