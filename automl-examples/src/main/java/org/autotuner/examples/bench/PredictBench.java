package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.model.AutoModel;
import org.autotuner.predict.Prediction;
import org.autotuner.predict.Predictions;
import org.autotuner.task.QuantileTask;

/** Latency and throughput of a saved model, with one thread and with many; checks that all give the same answers. */
final class PredictBench {

    private static final double SECONDS = 3;

    private PredictBench() {}

    static void run(List<String> arguments) throws IOException, InterruptedException, ExecutionException {
        Options options = new Options(arguments, Set.of("model", "rows", "threads"));
        Path file = Path.of(options.required("model"));
        int threads = options.whole("threads", Runtime.getRuntime().availableProcessors());
        long start = System.nanoTime();
        AutoModel model = AutoModel.load(file);
        double loadMillis = (System.nanoTime() - start) / 1e6;
        Table rows = Table.read(Path.of(options.required("rows")));
        if (rows.schema().has(model.task().target())) {
            rows = rows.without(model.task().target());
        }
        Predictions expected = model.predict(rows);
        RowTiming timing = RowTiming.of(model, rows);
        List<Row> ready = new ArrayList<>();
        for (int row = 0; row < Math.min(10_000, rows.rowCount()); row++) {
            ready.add(rows.row(row));
        }
        new ResultLine()
                .put("model", file.toString())
                .put("model_bytes", Files.size(file))
                .put("load_ms", loadMillis)
                .put("rows", rows.rowCount())
                .put("row_p50_us", timing.medianMicros())
                .put("row_p99_us", timing.p99Micros())
                .put("rows_per_s_single", throughput(model, ready, expected, 1))
                .put("threads", threads)
                .put("rows_per_s_threads", throughput(model, ready, expected, threads))
                .put("rows_per_s_table", tableThroughput(model, rows))
                .put("same_from_32_threads", throughput(model, ready, expected, 32) > 0)
                .put("peak_rss_mb", ProcessFigures.peakMegabytes())
                .print();
    }

    /** Rows per second over all threads; throws if a thread sees another answer than the whole table gave. */
    private static double throughput(AutoModel model, List<Row> rows, Predictions expected, int threads)
            throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            List<Future<Long>> counts = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int offset = thread * 37;
                counts.add(pool.submit(() -> predictFor(model, rows, expected, offset)));
            }
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total / ((System.nanoTime() - start) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }

    private static long predictFor(AutoModel model, List<Row> rows, Predictions expected, int offset) {
        long end = System.nanoTime() + (long) (SECONDS * 1e9);
        long count = 0;
        for (int i = offset; System.nanoTime() < end; i++, count++) {
            int row = i % rows.size();
            Prediction one = model.predict(rows.get(row));
            for (int k = 0; k < model.task().outputs(); k++) {
                if (output(one, k) != output(expected, row, k)) {
                    throw new IllegalStateException("Row %d gives %s alone, but %s within the table."
                            .formatted(row, output(one, k), output(expected, row, k)));
                }
            }
        }
        return count;
    }

    private static double output(Prediction one, int k) {
        if (one.task() instanceof QuantileTask quantiles) {
            return one.quantile(quantiles.levels().get(k));
        }
        return one.task().isClassification()
                ? one.probability(one.task().labels().get(k))
                : one.value();
    }

    private static double output(Predictions all, int row, int k) {
        return all.task().isClassification() ? all.probability(row, k) : all.output(row, k);
    }

    private static double tableThroughput(AutoModel model, Table rows) {
        long end = System.nanoTime() + (long) (SECONDS * 1e9);
        long start = System.nanoTime();
        long count = 0;
        while (System.nanoTime() < end) {
            count += model.predict(rows).size();
        }
        return count / ((System.nanoTime() - start) / 1e9);
    }
}
