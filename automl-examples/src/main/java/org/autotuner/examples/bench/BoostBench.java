package org.autotuner.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.autotuner.budget.Deadline;
import org.autotuner.data.ColumnType;
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
import org.autotuner.prepare.PrepareContext;
import org.autotuner.prepare.Prepared;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Tasks;
import org.autotuner.task.Weights;

/**
 * Training time of our boosters against LightGBM's, binning included: the same prepared data, as many rounds, alternated in one
 * process; the median of several fits, after some that only warm up. With several threads, our time with one is measured in
 * turn with it. Of the made table there are five, since which booster comes upon the product of two columns first is chance:
 * scores are means over the tables.
 */
final class BoostBench {

    private static final RealParameter RATE =
            Parameter.reals("learning_rate", 0.005, 0.3).log();
    private static final IntParameter COMBINATIONS = Parameter.ints("combinations", 0, 64);
    /** Fits until the compiler leaves the threads alone. */
    private static final int WARM_UPS = 5;

    static final int MADE_ROWS = 50_000;
    static final int MADE_COLUMNS = 50;
    private static final int MADE_TABLES = 5;

    private final Options options;
    private final int threads;
    private final int rounds;
    private final int repeats;
    /** Of categories; below 0 for the default. */
    private final int combinations;

    private BoostBench(Options options) {
        this.options = options;
        this.threads = options.whole("threads", 1);
        this.rounds = options.whole("rounds", 100);
        this.repeats = options.whole("repeats", 5);
        this.combinations = options.whole("combinations", -1);
    }

    static void run(List<String> arguments) throws IOException {
        Options options =
                new Options(arguments, Set.of("data", "dataset", "rounds", "repeats", "threads", "combinations"));
        BoostBench bench = new BoostBench(options);
        for (String name :
                options.text("dataset").map(n -> n.split(",")).orElse(new String[] {"adult", "diamonds", "made"})) {
            bench.compare(name);
        }
    }

    private void compare(String name) throws IOException {
        if (name.equals("made")) {
            List<Split> made = IntStream.range(0, MADE_TABLES)
                    .mapToObj(i -> new Split(
                            MadeTable.of(MADE_ROWS, MADE_COLUMNS, 2L * i + 1),
                            MadeTable.of(MADE_ROWS / 2, MADE_COLUMNS, 2L * i + 2)))
                    .toList();
            Task task = Tasks.classification(made.get(0).train(), MadeTable.TARGET);
            compare(name, made, MadeTable.TARGET, task, Metrics.logLoss());
            return;
        }
        DatasetSpec spec = DatasetSpec.read(Path.of(options.required("data")), name);
        Table train = spec.train();
        Task task = spec.task(train);
        compare(name, List.of(new Split(train, spec.test(train))), spec.target(), task, spec.metricObject());
    }

    private void compare(String name, List<Split> splits, String column, Task task, Metric metric) {
        for (ModelFamily ours : List.of(new HistogramBoostingFamily(), new OrderedBoostingFamily())) {
            compare(name, splits, column, task, metric, ours);
        }
    }

    private record Split(Table train, Table test) {}

    /** Rows for one family: to learn from, and new ones with what is to be predicted. */
    private record Rows(TrainingData data, FeatureMatrix others, Target truth, Weights weights) {

        static Rows of(Split split, String column, Task task, ModelFamily family, Configuration configuration) {
            Table train = split.train();
            Target target = Tasks.encode(task, train);
            Table features = train.without(column);
            Prepared prepared = family.preparation(configuration, shape(task, train))
                    .fit(features, target, Tasks.weights(train), new PrepareContext(task, 1, Deadline.never()));
            return new Rows(
                    new TrainingData(task, prepared.features(), target, Tasks.weights(train), null),
                    prepared.preparation().transform(features.schema().align(split.test())),
                    Tasks.encode(task, split.test()),
                    Tasks.weights(split.test()));
        }

        double error(Scorer scorer, Metric metric) {
            return metric.error(truth, predict(scorer, others, data.task()), weights);
        }
    }

    private static DataShape shape(Task task, Table train) {
        int numeric = count(train, ColumnType.NUMERIC);
        return new DataShape(task, train.rowCount(), numeric, numeric, count(train, ColumnType.CATEGORICAL), 0, 0);
    }

    private static int count(Table train, ColumnType type) {
        return (int) train.schema().fields().stream()
                .filter(field -> field.type() == type)
                .count();
    }

    private void compare(String name, List<Split> splits, String column, Task task, Metric metric, ModelFamily ours) {
        ModelFamily lightGbm = new LightGbmFamily();
        DataShape shape = shape(task, splits.get(0).train());
        Configuration points = lightGbm.space(shape).defaults().with(RATE, 0.1);
        Configuration defaults = ours.space(shape).defaults().with(RATE, 0.1);
        Configuration own = combinations >= 0 && ours instanceof OrderedBoostingFamily
                ? defaults.with(COMBINATIONS, combinations)
                : defaults;
        List<Rows> mine = splits.stream()
                .map(split -> Rows.of(split, column, task, ours, own))
                .toList();
        List<Rows> theirs = splits.stream()
                .map(split -> Rows.of(split, column, task, lightGbm, points))
                .toList();
        FitContext serial = FitContext.of(metric, 1).withSteps(rounds).withThreads(1);
        FitContext context = serial.withThreads(threads);
        List<Double> seconds = new ArrayList<>();
        List<Double> peerSeconds = new ArrayList<>();
        List<Double> serialSeconds = new ArrayList<>();
        double[] scores = new double[splits.size()];
        double[] peers = new double[splits.size()];
        for (int i = 0; i < WARM_UPS + Math.max(repeats, scores.length); i++) {
            boolean isMeasured = i >= WARM_UPS;
            int at = i % scores.length;
            Rows rows = mine.get(at);
            Rows peerRows = theirs.get(at);
            Scorer a = timed(() -> ours.fit(rows.data(), own, context).scorer(), isMeasured, seconds);
            Scorer b =
                    timed(() -> lightGbm.fit(peerRows.data(), points, context).scorer(), isMeasured, peerSeconds);
            if (threads > 1) {
                timed(() -> ours.fit(rows.data(), own, serial).scorer(), isMeasured, serialSeconds);
            }
            scores[at] = rows.error(a, metric);
            peers[at] = peerRows.error(b, metric);
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
                .put("score", Arrays.stream(scores).average().orElseThrow())
                .put("peer_score", Arrays.stream(peers).average().orElseThrow());
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
