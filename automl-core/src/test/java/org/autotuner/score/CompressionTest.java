package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.autotuner.score.DenseNetworkTest.reread;
import static org.autotuner.score.DenseNetworkTest.score;
import static org.autotuner.score.ScorerArgumentsTest.wrong;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.junit.jupiter.api.Test;

/** Compressed networks: small files, near outputs, the same ones after loading. */
class CompressionTest {

    private final SplittableRandom random = new SplittableRandom(5);
    private final ReferenceNetwork reference = new ReferenceNetwork(
            random, 40, ReferenceNetwork.Spread.NONE, new int[] {400, 200, 100}, 1, 1, Link.IDENTITY);
    private final DenseNetwork network = reference.network();

    @Test
    void bytesTakeAQuarterAndOutputsStayNear() {
        DenseNetwork small = network.compressed(Compression.ofBytes());
        assertThat(size(small)).isLessThan(0.3 * size(network));
        assertThat(distance(small)).isBetween(1e-6, 0.03);
    }

    @Test
    void zerosAreNotStored() {
        DenseNetwork small = network.compressed(Compression.ofZeros(0.8));
        assertThat(size(small)).isLessThan(0.3 * size(network));
        assertThat(size(small.compressed(Compression.ofBytes()))).isLessThan(0.13 * size(network));
        assertThat(size(network.compressed(Compression.ofZeros(0.8).andBytes())))
                .isEqualTo(size(small.compressed(Compression.ofBytes())));
    }

    @Test
    void fewZerosCostLittleAndTheLargestWeightsStay() {
        assertThat(distance(network.compressed(Compression.ofZeros(0.1)))).isBetween(1e-6, 0.2);
        float[] weights = {1, -5, 0.5f, 4, -0.25f, 3, 2, -6};
        DenseNetwork one = DenseNetwork.builder()
                .numbers(0, 1, 2, 3, 4, 5, 6, 7)
                .layer(weights, new float[1], Activation.NONE)
                .member(new float[] {1}, new float[1])
                .build();
        float[] kept = new float[8];
        DenseNetwork half = one.compressed(Compression.ofZeros(0.5));
        for (int i = 0; i < 8; i++) {
            float[] row = new float[8];
            row[i] = 1;
            kept[i] = (float) score(half, row)[0];
        }
        assertThat(kept).containsExactly(0, -5, 0, 4, 0, 3, 0, -6);
    }

    @Test
    void equalWeightsBecomeZeroUpToTheShare() {
        float[] ones = new float[10];
        Arrays.fill(ones, 1);
        int[] features = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        DenseNetwork one = DenseNetwork.builder()
                .numbers(features)
                .layer(ones, new float[1], Activation.NONE)
                .member(new float[] {1}, new float[1])
                .build();
        assertThat(score(one.compressed(Compression.ofZeros(0.3)), ones)).containsExactly(7);
        assertThat(score(one.compressed(Compression.ofZeros(0.3)).compressed(Compression.ofZeros(0.5)), ones))
                .containsExactly(5);
        assertThat(score(one.compressed(Compression.ofZeros(0.5)).compressed(Compression.ofZeros(0.3)), ones))
                .containsExactly(5);
    }

    @Test
    void bytesAreTheNearestOf255Steps() {
        float[] row = {127, -127, 63.4f, -0.4f, 0.6f, 0, 1, 2};
        DenseNetwork one = DenseNetwork.builder()
                .numbers(0, 1, 2, 3, 4, 5, 6, 7)
                .member(row, new float[1])
                .build()
                .compressed(Compression.ofBytes());
        float[] expected = {127, -127, 63, 0, 1, 0, 1, 2};
        for (int i = 0; i < 8; i++) {
            float[] unit = new float[8];
            unit[i] = 1;
            assertThat(score(one, unit)[0]).isCloseTo(expected[i], within(1e-5));
        }
    }

    @Test
    void everyKindOfNetworkComesBackTheSameFromACompressedFile() {
        List<Compression> compressions = List.of(
                Compression.ofBytes(),
                Compression.ofZeros(0.5),
                Compression.ofZeros(0.5).andBytes(),
                Compression.ofZeros(0.98).andBytes());
        for (ReferenceNetwork.Spread spread : ReferenceNetwork.Spread.values()) {
            for (int members = 1; members < 4; members += 2) {
                ReferenceNetwork one =
                        new ReferenceNetwork(random, 9, spread, new int[] {30, 17, 5}, members, 3, Link.SOFTMAX);
                for (Compression compression : compressions) {
                    DenseNetwork small = one.network().compressed(compression);
                    Scorer again = reread(small);
                    for (int i = 0; i < 20; i++) {
                        float[] row = DenseNetworkTest.row(random, one.width());
                        assertThat(score(again, row))
                                .as("%s, %s", spread, compression)
                                .isEqualTo(score(small, row));
                    }
                    assertThat(size(again)).isEqualTo(size(small));
                    assertThat(bytes(again)).isEqualTo(bytes(small));
                    assertThat(bytes(small.compressed(new Compression(compression.bytes(), 0))))
                            .isEqualTo(bytes(small));
                }
            }
        }
    }

    @Test
    void sparseLayersGiveWhatFullOnesWould() {
        // The same weights twice, but for tiny ones, which keep the second layer full.
        float[] sparse = new float[100 * 42];
        float[] full = new float[sparse.length];
        for (int i = 0; i < sparse.length; i++) {
            sparse[i] = random.nextInt(40) == 0 ? (float) random.nextDouble(-1, 1) : 0;
            full[i] = sparse[i] == 0 ? 1e-30f : sparse[i];
        }
        float[] row = ReferenceNetwork.floats(random, 42, 2);
        double[] expected = score(linear(full), row);
        double[] got = score(linear(sparse), row);
        for (int k = 0; k < 100; k++) {
            assertThat(got[k]).isCloseTo(expected[k], within(1e-5));
        }
    }

    private static DenseNetwork linear(float[] weights) {
        int[] features = new int[42];
        Arrays.setAll(features, i -> i);
        return DenseNetwork.builder()
                .numbers(features)
                .member(weights, new float[100])
                .build();
    }

    @Test
    void hugeAndEmptyRowsCanBeBytes() {
        float[] weights = new float[24];
        Arrays.fill(weights, 0, 8, Float.MAX_VALUE);
        Arrays.fill(weights, 16, 24, Float.MIN_VALUE);
        DenseNetwork one = DenseNetwork.builder()
                .numbers(0, 1, 2, 3, 4, 5, 6, 7)
                .member(weights, new float[3])
                .build()
                .compressed(Compression.ofBytes());
        assertThat(score(one, 1, 0, 0, 0, 0, 0, 0, 0)[0]).isCloseTo(Float.MAX_VALUE, within(1e33));
        assertThat(score(reread(one), 0, 1, 0, 0, 0, 0, 0, 0)).isEqualTo(score(one, 0, 1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void averagesCompressTheirNetworksAndOtherScorersStay() {
        Scorer constant = ConstantScorer.of(1);
        assertThat(constant.compressed(Compression.ofBytes())).isSameAs(constant);
        assertThat(network.compressed(new Compression(false, 0))).isSameAs(network);
        Scorer constants = VotingScorer.of(List.of(constant, constant));
        assertThat(constants.compressed(Compression.ofBytes())).isSameAs(constants);
        Scorer nested = VotingScorer.of(List.of(constant, VotingScorer.of(List.of(network, network))));
        assertThat(size(nested.compressed(Compression.ofBytes()))).isLessThan(0.3 * size(nested));
    }

    @Test
    void sharesAreChecked() {
        wrong("but is -0.1", () -> Compression.ofZeros(-0.1));
        wrong("but is 1.0", () -> Compression.ofZeros(1));
        wrong("but is NaN", () -> Compression.ofZeros(Double.NaN));
    }

    @Test
    void damagedBytesAndMasksAreRefused() {
        refused("weights_scales' has 1 values instead of 20", node -> node.put("weights_scales", new float[1]));
        refused("weights_scales' holds NaN", node -> node.put("weights_scales", scales(Float.NaN)));
        refused("weights_scales' holds -1.0", node -> node.put("weights_scales", scales(-1)));
        refused("weights_scales' holds Infinity", node -> node.put("weights_scales", scales(Float.POSITIVE_INFINITY)));
        refused("weights_scales' is not", node -> node.put("weights_scales", 1));
        refused("weights' is not", node -> node.put("weights", new float[220]));
        refused("weights_mask' marks", node -> node.put("weights", new byte[109]));
        refused("weights_mask' has 27 values instead of 28", node -> node.put("weights_mask", new byte[27]));
        refused("weights_mask' marks 0 values", node -> node.put("weights_mask", new byte[28]));
        refused("beyond the last", node -> {
            byte[] mask = new byte[28];
            mask[27] = (byte) 0x80;
            node.put("weights_mask", mask).put("weights", new byte[1]);
        });
    }

    private static float[] scales(float last) {
        float[] scales = new float[20];
        scales[19] = last;
        return scales;
    }

    private static void refused(String message, Consumer<Node> damage) {
        Scorer small = SampleScorers.network(new SplittableRandom(1), 2, 1, Link.SIGMOID)
                .compressed(Compression.ofZeros(0.5).andBytes());
        DamagedScorersTest.refused(
                small, message, node -> damage.accept(node.nodes("layers").get(0)));
    }

    /** Largest difference of outputs over many rows. */
    private double distance(Scorer small) {
        double distance = 0;
        for (int i = 0; i < 200; i++) {
            float[] row = DenseNetworkTest.row(random, reference.width());
            distance = Math.max(distance, Math.abs(score(small, row)[0] - score(network, row)[0]));
        }
        return distance;
    }

    private static byte[] bytes(Scorer scorer) {
        Node node = Node.root();
        Scorers.write(scorer, node);
        return Bundle.toBytes(node);
    }

    private static double size(Scorer scorer) {
        return bytes(scorer).length;
    }
}
