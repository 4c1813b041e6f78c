package org.autotuner.examples.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.autotuner.metric.Metrics;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.models.boost.LightGbmFamily;
import org.autotuner.models.tree.HistogramBoostingFamily;
import org.autotuner.models.tree.OrderedBoostingFamily;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.score.Scorer;
import org.autotuner.space.Configuration;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
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
import org.openjdk.jmh.annotations.Warmup;

/** Boosters on 20,000 rows of 30 numbers and two categories: a fit of ten rounds, binning included, and one row through 300 trees. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up method
public class BoostedTreesBenchmark {

    private static final int ROWS = 20_000;
    private static final int NUMBERS = 30;
    private static final int LEVELS = 200;
    private static final int FITTED_ROUNDS = 10;
    private static final int SCORED_ROUNDS = 300;
    private static final Task TASK = new BinaryTask("y", "no", "yes");

    @Param({"histogram-boosting", "ordered-boosting", "lightgbm"})
    public String booster = "";

    /** Of a fit; LightGBM uses one. */
    @Param({"1", "2"})
    public int threads;

    private ModelFamily family;
    private Configuration configuration;
    private TrainingData data;
    private Scorer scorer;
    private FeatureRow row;
    private int next;
    private final double[] out = new double[1];

    @Setup
    public void make() {
        family = List.of(new HistogramBoostingFamily(), new OrderedBoostingFamily(), new LightGbmFamily()).stream()
                .filter(one -> one.id().equals(booster))
                .findFirst()
                .orElseThrow();
        configuration = family.space(new DataShape(TASK, ROWS, NUMBERS, 2, 2 * LEVELS, 0))
                .defaults();
        data = data();
        scorer = fit(SCORED_ROUNDS);
        row = data.features().cursor();
    }

    private static TrainingData data() {
        SplittableRandom random = new SplittableRandom(1);
        List<Feature> features = new ArrayList<>();
        for (int f = 0; f < NUMBERS; f++) {
            features.add(new Feature("x" + f, "x" + f, 0));
        }
        features.add(new Feature("a", "a", LEVELS));
        features.add(new Feature("b", "b", LEVELS));
        int width = features.size();
        float[] dense = new float[ROWS * width];
        int[] labels = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            for (int f = 0; f < NUMBERS; f++) {
                dense[i * width + f] = (float) random.nextGaussian();
            }
            int a = random.nextInt(LEVELS);
            dense[i * width + NUMBERS] = a;
            dense[i * width + NUMBERS + 1] = random.nextInt(LEVELS);
            double odds = dense[i * width] * dense[i * width + 1] + dense[i * width + 2] + Math.sin(a);
            labels[i] = odds + random.nextGaussian() > 0 ? 1 : 0;
        }
        return new TrainingData(
                TASK, FeatureMatrix.dense(features, ROWS, dense), Target.ofLabels(labels), Weights.none(), null);
    }

    private Scorer fit(int rounds) {
        FitContext context =
                FitContext.of(Metrics.logLoss(), 1).withSteps(rounds).withThreads(threads);
        return family.fit(data, configuration, context).scorer();
    }

    @Benchmark
    public Scorer fit() {
        return fit(FITTED_ROUNDS);
    }

    @Benchmark
    public double scoreOneRow() {
        next = next == ROWS - 1 ? 0 : next + 1;
        scorer.score(row.to(next), out);
        return out[0];
    }
}
