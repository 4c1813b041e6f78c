package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.autotuner.budget.Deadline;
import org.autotuner.data.Table;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.models.boost.LightGbmFamily;
import org.autotuner.models.tree.HistogramBoostingFamily;
import org.autotuner.models.tree.OrderedBoostingFamily;
import org.autotuner.predict.Predictions;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.Prepared;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;

/**
 * Training time of our boosters against LightGBM's, binning included: the same prepared data, as many rounds, alternated in one
 * process; the median of several fits, after some that only warm up. With several threads, our time with one is measured in
 * turn with it.
 */
final class BoostBench {

    private static final RealParameter RATE =
            Parameter.reals("learning_rate", 0.005, 0.3).log();
    /** Fits until the compiler leaves the threads alone. */
    private static final int WARM_UPS = 5;

    private static final int MADE_ROWS = 50_000;
    private static final int MADE_COLUMNS = 50;

    private final Options options;
    private final int threads;
    private final int rounds;
    private final int repeats;

    private BoostBench(Options options) {
        this.options = options;
        this.threads = options.whole("threads", 1);
        this.rounds = options.whole("rounds", 100);
        this.repeats = options.whole("repeats", 5);
    }

    static void run(List<String> arguments) throws IOException {
        Options options = new Options(arguments, Set.of("data", "dataset", "rounds", "repeats", "threads"));
        BoostBench bench = new BoostBench(options);
        for (String name :
                options.text("dataset").map(n -> n.split(",")).orElse(new String[] {"adult", "diamonds", "made"})) {
            bench.compare(name);
        }
    }

    private void compare(String name) throws IOException {
        if (name.equals("made")) {
            Table made = MadeTable.of(MADE_ROWS, MADE_COLUMNS, 1);
            Table test = MadeTable.of(MADE_ROWS / 2, MADE_COLUMNS, 2);
            Task task = Tasks.classification(made, MadeTable.TARGET);
            compare(name, made, test, MadeTable.TARGET, task, Metrics.logLoss());
            return;
        }
        DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), name);
        Table train = spec.train();
        Task task = spec.isClassification()
                ? Tasks.classification(train, spec.target())
                : Tasks.regression(train, spec.target());
        compare(name, train, spec.test(train), spec.target(), task, spec.metricObject());
    }

    private void compare(String name, Table train, Table test, String column, Task task, Metric metric) {
        for (ModelFamily ours : List.of(new HistogramBoostingFamily(), new OrderedBoostingFamily())) {
            compare(name, train, test, column, task, metric, ours);
        }
    }

    private void compare(
            String name, Table train, Table test, String column, Task task, Metric metric, ModelFamily ours) {
        Target target = Tasks.encode(task, train);
        Target truth = Tasks.encode(task, test);
        Table features = train.without(column);
        ModelFamily lightGbm = new LightGbmFamily();
        DataShape shape = new DataShape(task, train.rowCount(), 0, 0, 0, 0);
        Configuration points = lightGbm.space(shape).defaults().with(RATE, 0.1);
        Configuration own = ours.space(shape).defaults().with(RATE, 0.1);
        Prepared mine = prepare(ours.preparation(own, shape), features, target, train, task);
        Prepared theirs = prepare(lightGbm.preparation(points, shape), features, target, train, task);
        TrainingData data = new TrainingData(task, mine.features(), target, Tasks.weights(train), null);
        TrainingData peerData = new TrainingData(task, theirs.features(), target, Tasks.weights(train), null);
        Table aligned = features.schema().align(test);
        FeatureMatrix others = mine.preparation().transform(aligned);
        FeatureMatrix peerOthers = theirs.preparation().transform(aligned);
        FitContext serial = FitContext.of(metric, 1).withSteps(rounds).withThreads(1);
        FitContext context = serial.withThreads(threads);
        List<Double> seconds = new ArrayList<>();
        List<Double> peerSeconds = new ArrayList<>();
        List<Double> serialSeconds = new ArrayList<>();
        double score = 0;
        double peer = 0;
        for (int i = 0; i < WARM_UPS + repeats; i++) {
            boolean isMeasured = i >= WARM_UPS;
            Scorer a = timed(() -> ours.fit(data, own, context).scorer(), isMeasured, seconds);
            Scorer b = timed(() -> lightGbm.fit(peerData, points, context).scorer(), isMeasured, peerSeconds);
            if (threads > 1) {
                timed(() -> ours.fit(data, own, serial).scorer(), isMeasured, serialSeconds);
            }
            score = metric.error(truth, predict(a, others, task), Tasks.weights(test));
            peer = metric.error(truth, predict(b, peerOthers, task), Tasks.weights(test));
        }
        ResultLine line = new ResultLine();
        line.put("data", name)
                .put("booster", ours.id())
                .put("peer", "lightgbm")
                .put("threads", threads)
                .put("rounds", rounds)
                .put("time_ratio", median(seconds) / median(peerSeconds))
                .put("seconds", median(seconds))
                .put("peer_seconds", median(peerSeconds))
                .put("score", score)
                .put("peer_score", peer);
        if (threads > 1) {
            line.put("speedup", median(serialSeconds) / median(seconds));
        }
        line.print();
    }

    private static Scorer timed(Supplier<Scorer> fit, boolean isMeasured, List<Double> seconds) {
        long start = System.nanoTime();
        Scorer scorer = fit.get();
        if (isMeasured) {
            seconds.add((System.nanoTime() - start) * 1e-9);
        }
        return scorer;
    }

    private static Prepared prepare(Preparation preparation, Table features, Target target, Table train, Task task) {
        return preparation.fit(features, target, Tasks.weights(train), new PrepareContext(task, 1, Deadline.never()));
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }

    private static Predictions predict(Scorer scorer, FeatureMatrix features, Task task) {
        int outputs = task.outputs();
        double[] all = new double[features.rows() * outputs];
        double[] out = new double[outputs];
        FeatureRow row = features.cursor();
        for (int i = 0; i < features.rows(); i++) {
            scorer.score(row.to(i), out);
            System.arraycopy(out, 0, all, i * outputs, outputs);
        }
        return Predictions.of(task, all);
    }
}
