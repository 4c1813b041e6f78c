package org.autotuner.score;

import java.util.Arrays;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;
import org.jspecify.annotations.Nullable;

/**
 * A trained network of dense layers over numbers and embedded categories, in plain Java. It may have several members
 * that share the layers, each with a scaling of the inputs and a head of its own (TabM-mini: Gorishniy et al., TabM,
 * 2024); the outputs are the means over the members, after the link. Networks that share nothing are averaged by
 * {@link VotingScorer}.
 *
 * <p>Computes with floats. Missing numbers count as 0 after scaling, numbers beyond 1e15 as 1e15; missing, unseen and
 * negative category codes take row 0 of their table. Where a sum overflows so that an output is no number, 0 takes its
 * place before scale and offset. So outputs are always finite. Immutable and thread-safe.
 */
public final class DenseNetwork implements Scorer {

    static final String TYPE = "dense-network";

    private final NetworkInputs inputs;
    private final List<DenseLayer> layers;
    private final List<DenseHead> heads;
    private final NetworkEnding ending;
    private final int widest;

    /** Checks that the parts fit each other. */
    DenseNetwork(NetworkInputs inputs, List<DenseLayer> layers, List<DenseHead> heads, NetworkEnding ending) {
        this.inputs = inputs;
        this.layers = List.copyOf(layers);
        this.heads = List.copyOf(heads);
        this.ending = ending;
        int width = inputs.width();
        int most = width;
        for (int i = 0; i < layers.size(); i++) {
            Matrix weights = layers.get(i).weights;
            Arguments.that(
                    weights.columns() == width && weights.rows() >= 1,
                    "Layer %d is %d x %d, but there are %d values to read.",
                    i,
                    weights.rows(),
                    weights.columns(),
                    width);
            width = weights.rows();
            most = Math.max(most, width);
        }
        this.widest = most;
        Arguments.that(!heads.isEmpty(), "A network needs at least one member.");
        int outputs = heads.get(0).bias.length;
        for (DenseHead head : heads) {
            Arguments.that(
                    head.bias.length == outputs && outputs >= 1 && head.weights.columns() == width,
                    "A member's head is %d x %d instead of %d x %d.",
                    head.weights.rows(),
                    head.weights.columns(),
                    outputs,
                    width);
            Arguments.that(
                    head.scaling == null || head.scaling.columns() == inputs.width(),
                    "scaling of a member: %d values are given for %d inputs.",
                    head.scaling == null ? 0 : head.scaling.columns(),
                    inputs.width());
        }
        ending.check(outputs);
    }

    /** Collects the parts of a network. */
    public static DenseNetworkBuilder builder() {
        return new DenseNetworkBuilder();
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return heads.get(0).bias.length;
    }

    @Override
    public int width() {
        return inputs.features();
    }

    /** Number of members that share the layers. */
    public int members() {
        return heads.size();
    }

    NetworkInputs inputs() {
        return inputs;
    }

    List<DenseLayer> layers() {
        return layers;
    }

    List<DenseHead> heads() {
        return heads;
    }

    NetworkEnding ending() {
        return ending;
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        float[] input = inputs.read(row.array(), row.offset());
        int[] places = new int[widest];
        float[][] activations = new float[layers.size()][];
        for (int i = 0; i < activations.length; i++) {
            activations[i] = new float[layers.get(i).bias.length];
        }
        int outputs = outputs();
        float[] margins = new float[outputs];
        double[] sums = new double[outputs];
        float @Nullable [] scaled = null;
        for (DenseHead head : heads) {
            float[] x = input;
            if (head.scaling != null) {
                scaled = scaled == null ? new float[input.length] : scaled;
                multiply(input, head.scaling.row(0), scaled);
                x = scaled;
            }
            for (int i = 0; i < activations.length; i++) {
                layers.get(i).apply(x, places, activations[i]);
                x = activations[i];
            }
            System.arraycopy(head.bias, 0, margins, 0, outputs);
            head.weights.addProduct(x, places, margins);
            ending.apply(margins, out);
            for (int k = 0; k < outputs; k++) {
                sums[k] += out[k] / heads.size();
            }
        }
        System.arraycopy(sums, 0, out, 0, outputs);
    }

    private static void multiply(float[] x, float[] factors, float[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = x[i] * factors[i];
        }
    }

    /** A network whose file is smaller; this one where the compression does nothing. */
    @Override
    public DenseNetwork compressed(Compression compression) {
        if (compression.isNone()) {
            return this;
        }
        return new DenseNetwork(
                inputs.compressed(compression),
                layers.stream().map(layer -> layer.compressed(compression)).toList(),
                heads.stream().map(head -> head.compressed(compression)).toList(),
                ending);
    }

    @Override
    public void write(Node node) {
        DenseNetworkCodec.write(this, node);
    }

    @Override
    public String toString() {
        return "DenseNetwork[%d inputs, layers %s, %d members of %d outputs]"
                .formatted(
                        inputs.width(),
                        Arrays.toString(layers.stream()
                                .mapToInt(layer -> layer.bias.length)
                                .toArray()),
                        members(),
                        outputs());
    }
}
