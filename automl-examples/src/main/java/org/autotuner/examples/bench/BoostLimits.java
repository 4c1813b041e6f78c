package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.data.Table;
import org.autotuner.execute.StudyData;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.models.tree.HistogramBoostingFamily;
import org.autotuner.models.tree.OrderedBoostingFamily;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.space.Configuration;
import org.autotuner.split.Fold;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;

/**
 * How long our boosters run on when their time is up, with deadlines spread over a whole fit, and how much of the heap they take
 * compared with what they said before: the most that is alive at any of many collections during a fit, above what was before.
 */
final class BoostLimits {

    private final int threads;
    private final int rounds;
    private final int repeats;

    private BoostLimits(Options options) {
        this.threads = options.whole("threads", 1);
        this.rounds = options.whole("rounds", 100);
        this.repeats = options.whole("repeats", 40);
    }

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(arguments, Set.of("data", "dataset", "rounds", "repeats", "threads"));
        BoostLimits bench = new BoostLimits(options);
        for (String name :
                options.text("dataset").map(n -> n.split(",")).orElse(new String[] {"adult", "diamonds", "made"})) {
            if (name.equals("made")) {
                Table made = MadeTable.of(BoostBench.MADE_ROWS, BoostBench.MADE_COLUMNS, 1);
                Task task = Tasks.classification(made, MadeTable.TARGET);
                bench.measure(name, made, MadeTable.TARGET, task, Metrics.logLoss());
            } else {
                DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), name);
                Table train = spec.train();
                Task task = spec.task(train);
                bench.measure(name, train, spec.target(), task, spec.metricObject());
            }
        }
    }

    private void measure(String name, Table train, String column, Task task, Metric metric) {
        Table features = train.without(column);
        Target target = Tasks.encode(task, train);
        Fold all = new Fold(IntStream.range(0, train.rowCount()).toArray(), new int[] {0});
        DataShape shape = new StudyData(features, task, target, Tasks.weights(train), metric, List.of(all), 1).shape();
        FitContext context = FitContext.of(metric, 1).withSteps(rounds).withThreads(threads);
        for (ModelFamily family : List.of(new HistogramBoostingFamily(), new OrderedBoostingFamily())) {
            Configuration configuration = family.space(shape).defaults();
            TrainingData data = new TrainingData(
                    task,
                    family.preparation(configuration, shape)
                            .fit(features, target, Tasks.weights(train), new PrepareContext(task, 1, Deadline.never()))
                            .features(),
                    target,
                    Tasks.weights(train),
                    null);
            Runnable fit = () -> family.fit(data, configuration, context);
            fit.run(); // warms up
            double[] overruns = overruns(family, data, configuration, context);
            double predicted = family.cost(configuration, shape).bytes() / 1e6;
            double used = heap(fit) / 1e6;
            new ResultLine()
                    .put("data", name)
                    .put("booster", family.id())
                    .put("threads", threads)
                    .put("overrun_ms_median", overruns[overruns.length / 2])
                    .put("overrun_ms_most", overruns[overruns.length - 1])
                    .put("heap_predicted_mb", predicted)
                    .put("heap_mb", used)
                    .put("heap_ratio", predicted / used)
                    .print();
        }
    }

    /** Milliseconds from the deadline to the return, ascending. */
    private double[] overruns(ModelFamily family, TrainingData data, Configuration configuration, FitContext context) {
        long start = System.nanoTime();
        family.fit(data, configuration, context);
        long whole = System.nanoTime() - start;
        double[] overruns = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            Duration granted = Duration.ofNanos((long) (whole * (i + 0.5) / repeats));
            long begin = System.nanoTime();
            try {
                family.fit(data, configuration, context.withDeadline(Deadline.after(granted)));
            } catch (DeadlineExceededException e) {
                // before the first tree: nothing to return, and ended all the same
            }
            overruns[i] = Math.max(0, (System.nanoTime() - begin - granted.toNanos()) * 1e-6);
        }
        Arrays.sort(overruns);
        return overruns;
    }

    private static long heap(Runnable fit) {
        long before = alive();
        AtomicBoolean isDone = new AtomicBoolean();
        Thread fitting = new Thread(() -> {
            try {
                fit.run();
            } finally {
                isDone.set(true);
            }
        });
        fitting.start();
        long most = before;
        while (!isDone.get()) {
            most = Math.max(most, alive());
        }
        return most - before;
    }

    private static long alive() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
