package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.autotuner.score.ScorerArgumentsTest.wrong;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.autotuner.bundle.Node;
import org.junit.jupiter.api.Test;

/** Parts that do not fit make no network, neither by the builder nor from a file. */
class DenseNetworkArgumentsTest {

    private static final float[] NONE = {};
    private static final float[] ONE = {1};
    private static final float[] TWO = {1, 2};
    private static final float[] NAN = {Float.NaN};

    private static DenseNetworkBuilder plain() {
        return DenseNetwork.builder().numbers(0).member(ONE, ONE);
    }

    @Test
    void inputs() {
        wrong("0 inputs", () -> DenseNetwork.builder().member(NONE, ONE).build());
        wrong("feature -1", () -> plain().numbers(-1).build());
        wrong("feature 268435456", () -> plain().numbers(1 << 28).build());
        wrong("1 centers and 2 factors", () -> plain().scaling(ONE, TWO).build());
        wrong("2 centers and 2 factors are given for 1", () -> plain().scaling(TWO, TWO)
                .build());
        wrong("centers: value 0", () -> plain().scaling(NAN, ONE).build());
        wrong("factors: value 0", () -> plain().scaling(ONE, NAN).build());
        wrong("soft limit", () -> plain().softLimit(0).build());
        wrong("soft limit", () -> plain().softLimit(Double.NaN).build());
        wrong("levels", () -> plain().category(0, -1, 1, ONE));
        wrong("width 0", () -> plain().category(0, 1, 0, ONE));
        wrong("table of feature 3: 1 values are given, 4", () -> plain().category(3, 1, 2, ONE));
        wrong("table of feature 0: value 0", () -> plain().category(0, 0, 1, NAN));
        wrong("feature -2", () -> plain().category(-2, 0, 1, ONE));
    }

    @Test
    void embeddings() {
        wrong("at least 1 frequency", () -> NumberEmbedding.periodic(0, ONE, ONE));
        wrong("frequencies: 1 values", () -> NumberEmbedding.periodic(2, ONE, ONE));
        wrong("phases: 1 values are given, 2", () -> NumberEmbedding.periodic(1, TWO, ONE));
        wrong("frequencies: value 0", () -> NumberEmbedding.periodic(1, NAN, ONE));
        wrong("phases: value 0", () -> NumberEmbedding.periodic(1, ONE, NAN));
        wrong("Number 1 has 0 bins", () -> NumberEmbedding.piecewiseLinear(List.of(TWO, ONE)));
        wrong("Number 0 has -1 bins", () -> NumberEmbedding.piecewiseLinear(List.of(NONE)));
        wrong("do not ascend: 1.0", () -> NumberEmbedding.piecewiseLinear(List.of(new float[] {1, 1})));
        wrong("edges: value 1", () -> NumberEmbedding.piecewiseLinear(List.of(new float[] {1, Float.NaN})));
        NumberEmbedding two = NumberEmbedding.periodic(1, TWO, TWO);
        wrong("width of a linear", () -> two.withLinear(0, NONE, NONE));
        wrong("weights of the embedding: 1", () -> two.withLinear(1, ONE, TWO));
        wrong("bias of the embedding: 1", () -> two.withLinear(1, TWO, ONE));
        wrong("weights of the embedding: value 0", () -> two.withLinear(1, new float[] {Float.NaN, 0}, TWO));
        wrong("bias of the embedding: value 1", () -> two.withLinear(1, TWO, new float[] {0, Float.NaN}));
        wrong("for 2 numbers, but there are 1", () -> plain().embedding(two).build());
    }

    @Test
    void layersAndMembers() {
        wrong("at least one member", () -> DenseNetwork.builder().numbers(0).build());
        wrong("0 outputs", () -> DenseNetwork.builder().layer(ONE, NONE, Activation.RELU));
        wrong("weights of layer 0: 3 values", () -> DenseNetwork.builder().layer(new float[3], TWO, Activation.RELU));
        wrong("Layer 0 is 1 x 2", () -> plain().layer(TWO, ONE, Activation.RELU).build());
        wrong("weights of layer 0: value 0", () -> plain().layer(NAN, ONE, Activation.RELU));
        wrong("bias of a layer: value 0", () -> plain().layer(ONE, NAN, Activation.RELU));
        wrong("blend: 2 values", () -> plain().layer(ONE, ONE, Activation.RELU, TWO));
        wrong("blend: value 0", () -> plain().layer(ONE, ONE, Activation.RELU, NAN));
        wrong("head is 1 x 2 instead of 1 x 1", () -> plain().member(TWO, ONE).build());
        wrong("head is 2 x 1", () -> plain().member(TWO, TWO).build());
        wrong("weights of member 1: value 0", () -> plain().member(NAN, ONE));
        wrong("bias of a member: value 0", () -> plain().member(ONE, NAN));
        wrong("scaling of a member: 2 values", () -> plain().member(TWO, ONE, ONE)
                .build());
        wrong("scaling of a member: value 0", () -> plain().member(NAN, ONE, ONE));
        wrong("1 scales and 2 offsets", () -> plain().outputs(new double[1], new double[2])
                .build());
        wrong("2 scales and 2 offsets", () -> plain().outputs(new double[2], new double[2])
                .build());
        wrong("scales: value 0", () -> plain().outputs(new double[] {Double.NaN}, new double[1])
                .build());
        wrong("between 1.0 and 0.0", () -> plain().clamp(1, 0).build());
        wrong("between NaN", () -> plain().clamp(Double.NaN, 0).build());
    }

    @Test
    void networksKeepTheirNumbersWhenTheCallersArraysChange() {
        float[] all = {0.5f};
        double[] scale = {2};
        DenseNetwork network = DenseNetwork.builder()
                .numbers(0)
                .scaling(all, all)
                .embedding(NumberEmbedding.periodic(1, all, all).withLinear(1, all, all))
                .category(0, 0, 1, all)
                .layer(new float[] {1, 1}, all, Activation.ELU, all)
                .member(new float[] {1, 1}, all, all)
                .outputs(scale, scale)
                .build();
        double before = DenseNetworkTest.score(network, 3)[0];
        Arrays.fill(all, 9);
        Arrays.fill(scale, 9);
        assertThat(DenseNetworkTest.score(network, 3)).containsExactly(before);
    }

    @Test
    void damagedFilesAreRefused() {
        refused("centers", node -> node.put("centers", 1));
        refused("numbers: feature -1", node -> node.put("numbers", new int[] {0, -1}));
        refused("numbers: feature 268435456", node -> node.put("numbers", new int[] {0, 1 << 28}));
        refused("centers: value 1 is NaN", node -> node.put("centers", new float[] {0, Float.NaN}));
        refused("1 centers and 2 factors", node -> node.put("centers", ONE));
        refused("soft limit", node -> node.put("soft_limit", -1.0));
        refused("2 scales and 1 offsets", node -> node.put("scales", new double[2]));
        refused("between 5.0 and 4.0", node -> node.put("low", 5.0));
        refused("between -4.0 and NaN", node -> node.put("high", Double.NaN));
        refused("link", node -> node.put("link", "probit"));
        refused("at least one member", node -> node.list("members"));
        refused("weights' has 3 values instead of 11", node -> node.list("layers"));
    }

    @Test
    void damagedEmbeddingsAreRefused() {
        embedding("kind", node -> node.put("kind", "fourier"));
        embedding("Number 0 has 0 bins", node -> node.put("bins", new int[] {0, 6}));
        embedding("more bins than edges", node -> node.put("bins", new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE}));
        embedding("edges: 8 values are given, 7", node -> node.put("bins", new int[] {3, 2}));
        embedding("do not ascend", node -> node.put("edges", new float[8]));
        embedding("edges: value 7", node -> node.put("edges", new float[] {0, 1, 2, 3, 0, 1, 2, Float.NaN}));
        embedding("width", node -> node.put("width", -1));
        embedding("weights' has 18 values instead of", node -> node.put("width", Integer.MAX_VALUE));
        embedding(
                "above the limit", node -> node.put("width", Integer.MAX_VALUE).put("weights_mask", new byte[1]));
        embedding("weights' has 1 values instead of 18", node -> node.put("weights", ONE));
        embedding("bias of the embedding", node -> node.put("bias", ONE));
        embedding("relu", node -> node.put("relu", 1));
        embedding("frequencies", node -> node.put("kind", "periodic").put("count", 1));
        embedding("count", node -> node.put("kind", "periodic").put("count", 0));
        embedding("are no whole number of times", node -> node.put("kind", "periodic")
                .put("count", 2)
                .put("frequencies", ONE)
                .put("phases", ONE));
        embedding("is for 1 numbers", node -> node.put("kind", "periodic")
                .put("count", 1)
                .put("frequencies", ONE)
                .put("phases", ONE)
                .put("width", 0));
    }

    @Test
    void damagedCategoriesLayersAndMembersAreRefused() {
        element("categories", "feature", node -> node.put("feature", -1));
        element("categories", "levels", node -> node.put("levels", -1));
        element("categories", "levels", node -> node.put("levels", Integer.MAX_VALUE));
        element("categories", "width", node -> node.put("width", 0));
        element("categories", "table' has 9 values instead of", node -> node.put("width", Integer.MAX_VALUE));
        element(
                "categories",
                "table: value 0",
                node -> node.put("table", new float[] {Float.NaN, 0, 0, 0, 0, 0, 0, 0, 0}));
        element("layers", "activation", node -> node.put("activation", "tanh"));
        element("layers", "weights' has 220 values instead of 11", node -> node.put("bias", ONE));
        element("layers", "weights' has 220 values instead of 0", node -> node.put("bias", NONE));
        element("layers", "weights' has 60 values instead of 0", node -> node.put("bias", NONE)
                .put("weights", NONE)
                .put("blend", NONE));
        element("layers", "weights: value 0", node -> node.put("weights", nan(220)));
        element("layers", "bias of a layer", node -> node.put("bias", nan(20)));
        element("layers", "blend: 1 values", node -> node.put("blend", ONE));
        element("layers", "blend: value 0", node -> node.put("blend", nan(20)));
        element("members", "scaling' has 1 values instead of 11", node -> node.put("scaling", ONE));
        element("members", "scaling: value 0", node -> node.put("scaling", nan(11)));
        element("members", "weights' has 1 values instead of 3", node -> node.put("weights", ONE));
        element("members", "weights: value 0", node -> node.put("weights", nan(3)));
        element("members", "bias of a member: value 0", node -> node.put("bias", NAN));
        element("members", "head is 2 x 3 instead of 1 x 3", node -> node.put("bias", TWO)
                .put("weights", new float[6]));
    }

    private static float[] nan(int length) {
        float[] values = new float[length];
        values[0] = Float.NaN;
        return values;
    }

    private static void embedding(String message, Consumer<Node> damage) {
        refused(message, node -> damage.accept(node.node("embedding")));
    }

    /** Damages the last element, or of layers the first one. */
    private static void element(String list, String message, Consumer<Node> damage) {
        refused(message, node -> {
            List<Node> nodes = node.nodes(list);
            damage.accept(nodes.get(list.equals("layers") ? 0 : nodes.size() - 1));
        });
    }

    private static void refused(String message, Consumer<Node> damage) {
        Scorer network = SampleScorers.network(new SplittableRandom(1), 2, 1, Link.SIGMOID);
        DamagedScorersTest.refused(network, message, damage);
    }
}
