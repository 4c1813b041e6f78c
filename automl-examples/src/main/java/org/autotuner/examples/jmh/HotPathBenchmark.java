package org.autotuner.examples.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.autotuner.AutoTuner;
import org.autotuner.budget.Budget;
import org.autotuner.data.Row;
import org.autotuner.data.Table;
import org.autotuner.examples.GermanCredit;
import org.autotuner.metric.Metric;
import org.autotuner.metric.Metrics;
import org.autotuner.model.AutoModel;
import org.autotuner.predict.Prediction;
import org.autotuner.predict.Predictions;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What production does most: one row's prediction, reading a file, and the metric that ensembling asks thousands of times. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HotPathBenchmark {

    /** A model of one family on the German credit data. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up method
    public static class Model {

        @Param({"lightgbm", "linear"})
        public String family = "";

        AutoModel model;
        Row row;
        Table table;

        @Setup
        public void fit() {
            table = GermanCredit.read();
            model = AutoTuner.builder()
                    .target(GermanCredit.TARGET)
                    .families(family)
                    .maxMembers(1)
                    .budget(Budget.ofTrials(2))
                    .build()
                    .fit(table);
            row = table.row(0);
        }
    }

    /** A file of 100,000 rows. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up method
    public static class CsvFile {

        Path file;

        @Setup
        public void write() throws IOException {
            file = Files.createTempFile("autotuner-jmh", ".csv");
            StringBuilder text = new StringBuilder("a,b,c,d\n");
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < 100_000; i++) {
                text.append(random.nextDouble())
                        .append(',')
                        .append(random.nextInt(1000))
                        .append(",level")
                        .append(random.nextInt(20))
                        .append(',')
                        .append(random.nextGaussian())
                        .append('\n');
            }
            Files.writeString(file, text);
        }

        @TearDown
        public void delete() throws IOException {
            Files.delete(file);
        }
    }

    /** Labels and probabilities of 10,000 rows. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up method
    public static class Scores {

        final Metric metric = Metrics.rocAuc();
        Target truth;
        Predictions predictions;

        @Setup
        public void draw() {
            SplittableRandom random = new SplittableRandom(1);
            int[] labels = random.ints(10_000, 0, 2).toArray();
            truth = Target.ofLabels(labels);
            predictions = Predictions.of(
                    new BinaryTask("y", "no", "yes"), random.doubles(10_000).toArray());
        }
    }

    @Benchmark
    public Prediction predictRow(Model model) {
        return model.model.predict(model.row);
    }

    @Benchmark
    public Predictions predictTable(Model model) {
        return model.model.predict(model.table);
    }

    @Benchmark
    public Table readCsv(CsvFile csv) {
        return Table.read(csv.file);
    }

    @Benchmark
    public double rocAuc(Scores scores) {
        return scores.metric.score(scores.truth, scores.predictions, Weights.none());
    }
}
