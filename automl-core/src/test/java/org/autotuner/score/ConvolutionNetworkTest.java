package org.autotuner.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.junit.jupiter.api.Test;

/** Convolutions against their definition in double precision, and what a damaged file is refused for. */
class ConvolutionNetworkTest {

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void convolutionsAreThoseOfTheDefinition() {
        for (int trial = 0; trial < 200; trial++) {
            int kernel = 1 + random.nextInt(4);
            int stride = 1 + random.nextInt(3);
            int padding = random.nextInt(kernel);
            int inputs = 1 + random.nextInt(6);
            int outputs = 1 + random.nextInt(5);
            PlaneShape shape = new PlaneShape(inputs, kernel + random.nextInt(6), kernel + random.nextInt(6));
            float[] weights = floats(outputs * inputs * kernel * kernel);
            float[] bias = floats(outputs);
            boolean relu = random.nextBoolean();
            Convolution step =
                    new Convolution(0, 1, inputs, kernel, stride, padding, relu, weights, bias, new float[0]);
            PlaneShape result = step.shape(shape);
            float[][] image = planes(shape);
            float[][] added = planes(result);
            float[][] got = step.apply(image, shape, new float[][][] {image, added});
            for (int o = 0; o < outputs; o++) {
                for (int y = 0; y < result.height(); y++) {
                    for (int x = 0; x < result.width(); x++) {
                        double sum = bias[o] + added[o][y * result.width() + x];
                        for (int i = 0; i < inputs; i++) {
                            for (int tap = 0; tap < kernel * kernel; tap++) {
                                int row = y * stride + tap / kernel - padding;
                                int column = x * stride + tap % kernel - padding;
                                if (row >= 0 && column >= 0 && row < shape.height() && column < shape.width()) {
                                    sum += (double) weights[(o * inputs + i) * kernel * kernel + tap]
                                            * image[i][row * shape.width() + column];
                                }
                            }
                        }
                        assertThat(got[o][y * result.width() + x])
                                .as("kernel %d, stride %d, padding %d", kernel, stride, padding)
                                .isCloseTo((float) (relu ? Math.max(0, sum) : sum), within(2e-4f));
                    }
                }
            }
        }
    }

    /** Worked out by hand: 2 x 2 pixels, a window of 3 x 3 with zeros around, the mean, one output. */
    @Test
    void aNetworkIsScaledConvolvedAveragedAndWeighed() {
        ConvolutionNetworkBuilder builder = ConvolutionNetwork.builder(1, 1, 2, 2);
        builder.scaling(new float[] {1}, new float[] {2});
        builder.convolve(0, -1, 1, 3, 1, 1, true, new float[] {0, 0, 0, 0, 1, 1, 0, 0, 0}, new float[] {-1});
        ConvolutionNetwork network =
                builder.head(new float[] {3}, new float[] {0.5f}).build();
        // (x - 1) 2: 0 2; 4 -2. With the right neighbour, minus 1: 1 1; 1 -3. After ReLU: 1 1 1 0, mean 0.75.
        assertThat(score(network, 9, 1, 2, 3, 0)).containsExactly(3 * 0.75 + 0.5);
        // what is no number counts as 0
        assertThat(score(network, 9, 1, 2, 3, Float.NaN)).containsExactly(3 * 0.75 + 0.5);
    }

    @Test
    void poolingTakesTheLargestOfEachWindow() {
        MaxPool pool = new MaxPool(0, 3, 2, 1);
        float[] plane = {-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12, 13, 14, 15, 16};
        float[][] got = pool.apply(new float[][] {plane}, new PlaneShape(1, 4, 4), new float[0][][]);
        assertThat(got[0]).containsExactly(-1, -2, 14, 16);
    }

    @Test
    void aNetworkComesBackFromAModelFile() {
        ConvolutionNetwork network = residual();
        Scorer read = roundTrip(network);
        float[] row = floats(2 * 36);
        assertThat(score(read, row)).containsExactly(score(network, row));
        assertThat(read.width()).isEqualTo(72);
    }

    @Test
    void bytesMakeFilesSmallerAndChangeLittle() {
        ConvolutionNetwork network = residual();
        Scorer small = network.compressed(Compression.ofBytes());
        float[] row = floats(2 * 36);
        double[] before = score(network, row);
        double[] after = score(roundTrip(small), row);
        assertThat(after).containsExactly(score(small, row)).isNotEqualTo(before);
        for (int k = 0; k < before.length; k++) {
            assertThat(after[k]).isCloseTo(before[k], within(0.05));
        }
        assertThat(bytes(small)).isLessThan((int) (0.7 * bytes(network)));
        assertThat(network.compressed(new Compression(false, 0))).isSameAs(network);
    }

    @Test
    void damagedFilesAreRefused() {
        refused(node -> node.put("first", -1), "first");
        refused(node -> node.put("centres", new float[] {0}), "centres");
        refused(node -> node.put("factors", new float[] {Float.NaN, 0}), "factors");
        refused(node -> node.put("bias", new float[] {1}), "head");
        refused(node -> step(node, 0).put("from", 1), "makes no network|not yet made");
        refused(node -> step(node, 0).put("kernel", 0), "kernel");
        refused(node -> step(node, 0).put("stride", 0), "stride");
        refused(node -> step(node, 0).put("padding", 5), "makes no network");
        refused(node -> step(node, 0).put("inputs", 3), "weights");
        refused(node -> step(node, 0).put("kind", "loop"), "kind");
        refused(node -> step(node, 1).put("added", 9), "makes no network");
        refused(node -> step(node, 3).put("kernel", 64), "makes no network");
        refused(node -> node.put("height", 65_536).put("width", 65_536), "makes no network");
    }

    private void refused(Consumer<Node> damage, String message) {
        Node node = Node.root();
        residual().write(node);
        damage.accept(node);
        assertThatThrownBy(() -> new ConvolutionNetworkCodec().read(node))
                .isInstanceOf(BundleException.class)
                .hasMessageMatching("(?s).*(" + message + ").*");
    }

    private static Node step(Node node, int number) {
        return node.nodes("steps").get(number);
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        ConvolutionNetworkBuilder builder = ConvolutionNetwork.builder(0, 1, 4, 4);
        assertThatThrownBy(builder::build).hasMessageContaining("needs a head");
        assertThatThrownBy(() -> builder.convolve(0, -1, 1, 3, 1, 1, true, new float[8], new float[1]))
                .hasMessageContaining("8 values are given, 9 are needed");
        builder.convolve(0, -1, 2, 1, 1, 0, true, new float[2], new float[1]);
        assertThatThrownBy(() -> builder.head(new float[1], new float[1]).build())
                .hasMessageContaining("2 planes cannot read 1");
    }

    /** A convolution, a residual sum through a shortcut of every other pixel, pooling. */
    private ConvolutionNetwork residual() {
        SplittableRandom own = new SplittableRandom(5);
        ConvolutionNetworkBuilder builder = ConvolutionNetwork.builder(0, 2, 6, 6);
        int first = builder.convolve(0, -1, 2, 3, 1, 1, true, floats(own, 8 * 18), floats(own, 8));
        int shortcut = builder.convolve(first, -1, 8, 1, 2, 0, false, floats(own, 64), floats(own, 8));
        int body = builder.convolve(first, shortcut, 8, 3, 2, 1, true, floats(own, 64 * 9), floats(own, 8));
        builder.maxPool(body, 2, 1, 0);
        return builder.head(floats(own, 24), floats(own, 3)).link(Link.SOFTMAX).build();
    }

    private static Scorer roundTrip(Scorer scorer) {
        Node node = Node.root();
        Scorers.write(scorer, node);
        return Scorers.read(Bundle.fromBytes(Bundle.toBytes(node)));
    }

    private static int bytes(Scorer scorer) {
        Node node = Node.root();
        Scorers.write(scorer, node);
        return (int) node.bytes();
    }

    private static double[] score(Scorer scorer, float... row) {
        List<Feature> features = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            features.add(new Feature("f" + i, "f", 0));
        }
        double[] out = new double[scorer.outputs()];
        scorer.score(FeatureMatrix.dense(features, 1, row).cursor(), out);
        return out;
    }

    private float[][] planes(PlaneShape shape) {
        float[][] planes = new float[shape.channels()][];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = floats(shape.plane());
        }
        return planes;
    }

    private float[] floats(int length) {
        return floats(random, length);
    }

    private static float[] floats(SplittableRandom random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (0.5 * random.nextGaussian());
        }
        return values;
    }
}
