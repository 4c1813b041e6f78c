package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.FeatureRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks against their definition in double precision, their parts by numbers worked out by hand. */
class DenseNetworkTest {

    private static final float NAN = Float.NaN;
    private static final float[] ONE = {1};
    private static final float[] ZERO = {0};

    @ParameterizedTest
    @EnumSource
    void outputsAreThoseOfTheDefinition(ReferenceNetwork.Spread spread) {
        for (long seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ReferenceNetwork reference = random(random, spread);
            DenseNetwork network = reference.network();
            for (int i = 0; i < 20; i++) {
                float[] row = row(random, reference.width());
                double[] expected = reference.outputs(row);
                double[] got = score(network, row);
                for (int k = 0; k < expected.length; k++) {
                    assertThat(got[k])
                            .as("seed %d, row %d, output %d", seed, i, k)
                            .isCloseTo(expected[k], within(1e-5));
                }
            }
        }
    }

    @Test
    void outputsOfLargeNetworksAreThoseOfTheDefinition() {
        SplittableRandom random = new SplittableRandom(7);
        for (ReferenceNetwork.Spread spread : ReferenceNetwork.Spread.values()) {
            ReferenceNetwork reference =
                    new ReferenceNetwork(random, 60, spread, new int[] {256, 131, 17}, 3, 4, Link.SOFTMAX);
            DenseNetwork network = reference.network();
            for (int i = 0; i < 20; i++) {
                float[] row = row(random, reference.width());
                double[] expected = reference.outputs(row);
                double[] got = score(network, row);
                for (int k = 0; k < 3; k++) {
                    assertThat(got[k]).as("%s, row %d", spread, i).isCloseTo(expected[k], within(1e-5));
                }
            }
        }
    }

    private static ReferenceNetwork random(SplittableRandom random, ReferenceNetwork.Spread spread) {
        int[] hidden = random.ints(random.nextInt(4), 1, 40).toArray();
        Link[] links = {Link.IDENTITY, Link.SIGMOID, Link.SOFTMAX, Link.EXP, Link.SORTED};
        return new ReferenceNetwork(
                random,
                1 + random.nextInt(6),
                spread,
                hidden,
                1 + random.nextInt(4),
                1 + random.nextInt(4),
                links[random.nextInt(links.length)]);
    }

    /** Two category codes, some of them unseen or missing, then numbers. */
    static float[] row(SplittableRandom random, int width) {
        float[] row = ReferenceNetwork.floats(random, width, 3);
        for (int i = 0; i < width; i++) {
            row[i] = random.nextInt(10) == 0 ? NAN : row[i];
        }
        row[0] = random.nextInt(6) - 1;
        row[1] = random.nextInt(3) - 1;
        return row;
    }

    @ParameterizedTest
    @EnumSource
    void activationsAreThoseOfPyTorch(Activation activation) {
        float[] z = {-30, -3, -1.5f, -1, -0.25f, 0, 1e-4f, 0.5f, 1, 2.5f, 19, 40, 200};
        float[] got = z.clone();
        activation.apply(got);
        for (int i = 0; i < z.length; i++) {
            assertThat((double) got[i])
                    .as("%s(%s)", activation, z[i])
                    .isCloseTo(activated(activation, z[i]), within(1e-6 * Math.max(1, z[i])));
        }
    }

    @Test
    void activationsHaveKnownValues() {
        // torch.nn.functional of 1 and -1, printed with six digits.
        assertThat(at(Activation.SELU)).containsExactly(1.050701f, -1.111331f);
        assertThat(at(Activation.MISH)).containsExactly(0.865098f, -0.303401f);
        assertThat(at(Activation.GELU)).containsExactly(0.841345f, -0.158655f);
        assertThat(at(Activation.ELU)).containsExactly(1, -0.632121f);
        assertThat(at(Activation.SILU)).containsExactly(0.731059f, -0.268941f);
        assertThat(at(Activation.RELU)).containsExactly(1, 0);
        assertThat(at(Activation.NONE)).containsExactly(1, -1);
    }

    private static float[] at(Activation activation) {
        float[] z = {1, -1};
        activation.apply(z);
        return new float[] {Math.round(z[0] * 1e6) / 1e6f, Math.round(z[1] * 1e6) / 1e6f};
    }

    /** The formulas in PyTorch's documentation, erf by numerical integration. */
    static double activated(Activation activation, double z) {
        switch (activation) {
            case RELU:
                return Math.max(0, z);
            case SELU:
                return 1.0507009873554804934193349852946
                        * (Math.max(0, z) + Math.min(0, 1.6732632423543772848170429916717 * Math.expm1(z)));
            case MISH:
                return z * Math.tanh(Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0));
            case GELU:
                return z * (0.5 + normal(z));
            case ELU:
                return z > 0 ? z : Math.expm1(z);
            case SILU:
                return z / (1 + Math.exp(-z));
            default:
                return z;
        }
    }

    /** Integral of the normal density from 0 to z by Simpson's rule. */
    private static double normal(double z) {
        double end = Math.max(-9, Math.min(9, z));
        int steps = 400;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double t = end * i / steps;
            sum += (i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4) * Math.exp(-t * t / 2);
        }
        return sum * end / steps / 3 / Math.sqrt(2 * Math.PI);
    }

    @Test
    void piecewiseLinearComponentsAreSharesOfBins() {
        NumberEmbedding embedding = NumberEmbedding.piecewiseLinear(List.of(new float[] {0, 1, 3, 4}));
        // The head picks one component each, so that the outputs are the components.
        DenseNetwork network = picking(3).numbers(0).embedding(embedding).build();
        assertThat(score(network, 0.5f)).containsExactly(0.5, 0, 0);
        assertThat(score(network, 1)).containsExactly(1, 0, 0);
        assertThat(score(network, 2.5f)).containsExactly(1, 0.75, 0);
        assertThat(score(network, 4)).containsExactly(1, 1, 1);
        assertThat(score(network, -2)).containsExactly(-2, 0, 0);
        assertThat(score(network, 6)).containsExactly(1, 1, 3);
        DenseNetwork single = picking(2)
                .numbers(0)
                .embedding(NumberEmbedding.piecewiseLinear(List.of(new float[] {1, 3}))
                        .withRelu()
                        .withRaw())
                .build();
        assertThat(score(single, 5)).containsExactly(2, 5);
        assertThat(score(single, 0)).containsExactly(0, 0);
    }

    @Test
    void aLinearTermIsTheSameAsHigherWeightsOfBins() {
        // What the documentation of piecewiseLinear says: 2 x = 2 (to - from) per bin and 2 * first edge.
        float[] edges = {-1, 1, 2};
        DenseNetwork network = picking(1)
                .numbers(0)
                .embedding(NumberEmbedding.piecewiseLinear(List.of(edges))
                        .withLinear(1, new float[] {4, 2}, new float[] {-2}))
                .build();
        for (float x : new float[] {-7, -1, 0, 1, 1.5f, 2, 9}) {
            assertThat(score(network, x)).containsExactly(2 * x);
        }
    }

    @Test
    void periodicComponentsAreCosines() {
        DenseNetwork network = picking(4)
                .numbers(0)
                .embedding(NumberEmbedding.periodic(
                                3, new float[] {0, 1, 0.25f}, new float[] {0, (float) (-Math.PI / 2), 0})
                        .withRaw())
                .build();
        double[] got = score(network, 0.125f);
        double[] expected = {1, Math.sin(Math.PI / 4), Math.cos(Math.PI / 16), 0.125};
        for (int i = 0; i < 4; i++) {
            assertThat(got[i]).isCloseTo(expected[i], within(1e-6));
        }
    }

    @Test
    void cosinesAreRightOverManyTurns() {
        double[] turns = new SplittableRandom(3).doubles(10_000, -50, 50).toArray();
        double[] got = turns.clone();
        PeriodicEncoding.cosines(got);
        for (int i = 0; i < turns.length; i++) {
            assertThat(got[i]).isCloseTo(Math.cos(2 * Math.PI * turns[i]), within(1e-9));
        }
    }

    @Test
    void codesTakeTheirRowAndUnseenOnesTheFirst() {
        float[] table = {9, -9, 1, -1, 2, -2};
        DenseNetwork network = picking(2).category(1, 2, 2, table).build();
        assertThat(network.width()).isEqualTo(2);
        assertThat(score(network, 7, 0)).containsExactly(1, -1);
        assertThat(score(network, 7, 1)).containsExactly(2, -2);
        for (float unseen : new float[] {2, -1, 1e9f, -1e9f, NAN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertThat(score(network, 7, unseen)).as("code %s", unseen).containsExactly(9, -9);
        }
    }

    @Test
    void numbersAreScaledAndMissingOnesAreZeroAfterwards() {
        DenseNetworkBuilder builder = picking(2).numbers(0, 2).scaling(new float[] {10, 0}, new float[] {0.5f, 2});
        assertThat(score(builder.build(), 14, NAN, 3)).containsExactly(2, 6);
        assertThat(score(builder.build(), NAN, 1, NAN)).containsExactly(0, 0);
        builder.softLimit(3);
        assertThat(score(builder.build(), 18, 1, 0)[0]).isCloseTo(4 / (5.0 / 3), within(1e-6));
    }

    @Test
    void outputsStayFiniteWhateverTheRowHolds() {
        float[] strange = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, NAN, Float.MAX_VALUE, -Float.MAX_VALUE, 0};
        for (ReferenceNetwork.Spread spread : ReferenceNetwork.Spread.values()) {
            for (long seed = 0; seed < 20; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                ReferenceNetwork reference = random(random, spread);
                float[] row = new float[reference.width()];
                for (int i = 0; i < row.length; i++) {
                    row[i] = strange[random.nextInt(strange.length)];
                }
                assertThat(Arrays.stream(score(reference.network(), row))).allMatch(Double::isFinite);
            }
        }
        float[] huge = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
        for (Link link : Link.values()) {
            DenseNetwork overflowing = DenseNetwork.builder()
                    .numbers(0, 1)
                    .layer(huge, new float[2], Activation.SELU)
                    .member(huge, new float[2])
                    .outputs(new double[] {1e300, 1}, new double[2])
                    .link(link)
                    .build();
            assertThat(Arrays.stream(score(overflowing, 1e30f, 1e30f)))
                    .as("%s", link)
                    .allMatch(Double::isFinite);
        }
    }

    @Test
    void membersAreAveragedAfterTheLink() {
        DenseNetwork network = DenseNetwork.builder()
                .numbers(0)
                .member(new float[] {1}, ONE, ZERO)
                .member(new float[] {-2}, ONE, ZERO)
                .link(Link.SIGMOID)
                .build();
        assertThat(network.members()).isEqualTo(2);
        assertThat(score(network, 1)[0]).isCloseTo((1 / (1 + Math.exp(-1)) + 1 / (1 + Math.exp(2))) / 2, within(1e-9));
    }

    @Test
    void outputsAreScaledThenClamped() {
        DenseNetworkBuilder builder = DenseNetwork.builder()
                .numbers(0)
                .member(ONE, ZERO)
                .outputs(new double[] {10}, new double[] {3})
                .clamp(-5, 20);
        assertThat(score(builder.build(), 1)).containsExactly(13);
        assertThat(score(builder.build(), 2)).containsExactly(20);
        assertThat(score(builder.build(), -2)).containsExactly(-5);
    }

    @Test
    void networksOfTheirOwnWeightsAreAveragedByVoting() {
        SplittableRandom random = new SplittableRandom(1);
        ReferenceNetwork one = random(random, ReferenceNetwork.Spread.NONE);
        float[] row = row(random, one.width());
        Scorer both = VotingScorer.of(List.of(one.network(), one.network()));
        assertThat(score(reread(both), row)).isEqualTo(score(one.network(), row));
    }

    @ParameterizedTest
    @EnumSource
    void filesGiveTheSameOutputsToTheBit(ReferenceNetwork.Spread spread) {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ReferenceNetwork reference = random(random, spread);
            DenseNetwork network = reference.network();
            Scorer again = reread(network);
            assertThat(again.width()).isEqualTo(network.width());
            for (int i = 0; i < 10; i++) {
                float[] row = row(random, reference.width());
                assertThat(score(again, row)).isEqualTo(score(network, row));
            }
            Node node = Node.root();
            Scorers.write(again, node);
            Node first = Node.root();
            Scorers.write(network, first);
            assertThat(Bundle.toBytes(node)).isEqualTo(Bundle.toBytes(first));
        }
    }

    @Test
    void manyThreadsGetTheAnswersOfOne() throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        ReferenceNetwork reference = new ReferenceNetwork(
                random, 10, ReferenceNetwork.Spread.PERIODIC_LINEAR, new int[] {40, 20}, 3, 3, Link.SOFTMAX);
        DenseNetwork network = reference.network();
        int rows = 200;
        float[] cells = new float[rows * reference.width()];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(row(random, reference.width()), 0, cells, i * reference.width(), reference.width());
        }
        FeatureMatrix matrix = TreeEnsembleTest.matrix(reference.width(), cells);
        List<double[]> expected = all(network, matrix);
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<List<double[]>>> answers = IntStream.range(0, 32)
                    .mapToObj(i -> threads.submit(() -> all(network, matrix)))
                    .toList();
            for (Future<List<double[]>> answer : answers) {
                assertThat(answer.get()).usingRecursiveComparison().isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<double[]> all(Scorer scorer, FeatureMatrix matrix) {
        FeatureRow row = matrix.cursor();
        return IntStream.range(0, matrix.rows())
                .mapToObj(i -> {
                    double[] out = new double[scorer.outputs()];
                    scorer.score(row.to(i), out);
                    return out;
                })
                .toList();
    }

    /** A builder whose only member copies the inputs to the outputs. */
    static DenseNetworkBuilder picking(int width) {
        float[] weights = new float[width * width];
        for (int i = 0; i < width; i++) {
            weights[i * width + i] = 1;
        }
        return DenseNetwork.builder().member(weights, new float[width]);
    }

    static Scorer reread(Scorer scorer) {
        Node node = Node.root();
        Scorers.write(scorer, node);
        return Scorers.read(Bundle.fromBytes(Bundle.toBytes(node)));
    }

    static double[] score(Scorer scorer, float... row) {
        double[] out = new double[scorer.outputs()];
        scorer.score(TreeEnsembleTest.matrix(row.length, row).cursor(), out);
        return out;
    }
}
