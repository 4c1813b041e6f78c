package org.autotuner.examples.jmh;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FeatureRow;
import org.autotuner.score.Activation;
import org.autotuner.score.Compression;
import org.autotuner.score.DenseNetwork;
import org.autotuner.score.DenseNetworkBuilder;
import org.autotuner.score.Link;
import org.autotuner.score.NumberEmbedding;
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

/** One row through networks of usual sizes, as they are and compressed. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up method
public class DenseNetworkBenchmark {

    private static final int ROWS = 256;

    /**
     * {@code plain}: 100 numbers, 200, 100 and 50 neurons with ReLU. {@code deep}: 60 numbers, three layers of 256.
     * {@code realmlp}: the same with periodic embeddings and blended SELU. {@code tabm}: 60 numbers of 48 bins and width
     * 16, two layers of 512, 8 members.
     */
    @Param({"plain", "deep", "realmlp", "tabm"})
    public String network = "";

    /** None, weights as bytes, or the given share of zeros. */
    @Param({"none", "bytes", "0.8", "0.97"})
    public String compression = "";

    private DenseNetwork scorer;
    private FeatureRow row;
    private int next;
    private final double[] out = new double[1];

    @Setup
    public void make() {
        SplittableRandom random = new SplittableRandom(1);
        DenseNetwork whole = network(random);
        if (compression.equals("none")) {
            scorer = whole;
        } else if (compression.equals("bytes")) {
            scorer = whole.compressed(Compression.ofBytes());
        } else {
            scorer = whole.compressed(Compression.ofZeros(Double.parseDouble(compression)));
        }
        int width = whole.width();
        row = FeatureMatrix.dense(
                        IntStream.range(0, width)
                                .mapToObj(i -> new Feature("f" + i, "f" + i, 0))
                                .toList(),
                        ROWS,
                        floats(random, ROWS * width, 2))
                .cursor();
    }

    private DenseNetwork network(SplittableRandom random) {
        int numbers = network.equals("plain") ? 100 : 60;
        DenseNetworkBuilder builder = DenseNetwork.builder()
                .numbers(IntStream.range(0, numbers).toArray())
                .link(Link.SIGMOID);
        switch (network) {
            case "plain":
                return member(random, 0, layers(random, builder, Activation.RELU, false, numbers, 200, 100, 50), 50);
            case "deep":
                return member(random, 0, layers(random, builder, Activation.RELU, false, numbers, 256, 256, 256), 256);
            case "realmlp":
                builder.embedding(
                        NumberEmbedding.periodic(16, floats(random, numbers * 16, 0.3), floats(random, numbers * 16, 3))
                                .withLinear(3, floats(random, numbers * 48, 0.25), floats(random, numbers * 3, 0.25))
                                .withRaw());
                layers(random, builder, Activation.SELU, true, numbers * 4, 256, 256, 256);
                return member(random, 0, builder, 256);
            default:
                float[] edges = new float[49];
                for (int i = 0; i < edges.length; i++) {
                    edges[i] = (i - 24) / 12f;
                }
                builder.embedding(NumberEmbedding.piecewiseLinear(java.util.Collections.nCopies(numbers, edges))
                        .withLinear(16, floats(random, numbers * 768, 0.1), floats(random, numbers * 16, 0.1))
                        .withRelu());
                layers(random, builder, Activation.RELU, false, numbers * 16, 512, 512);
                for (int i = 1; i < 8; i++) {
                    member(random, numbers * 16, builder, 512);
                }
                return member(random, numbers * 16, builder, 512);
        }
    }

    private static DenseNetworkBuilder layers(
            SplittableRandom random,
            DenseNetworkBuilder builder,
            Activation activation,
            boolean blended,
            int... widths) {
        for (int i = 1; i < widths.length; i++) {
            float[] weights = floats(random, widths[i] * widths[i - 1], 1 / Math.sqrt(widths[i - 1]));
            float[] blend = floats(random, blended ? widths[i] : 0, 1);
            builder.layer(weights, floats(random, widths[i], 0.1), activation, blend);
        }
        return builder;
    }

    private static DenseNetwork member(SplittableRandom random, int inputs, DenseNetworkBuilder builder, int width) {
        return builder.member(floats(random, inputs, 1.5), floats(random, width, 0.1), new float[1])
                .build();
    }

    private static float[] floats(SplittableRandom random, int count, double range) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-range, range);
        }
        return values;
    }

    @Benchmark
    public double scoreRow() {
        next = (next + 1) % ROWS;
        scorer.score(row.to(next), out);
        return out[0];
    }
}
