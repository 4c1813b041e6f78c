package org.autotuner.score;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of a {@link DenseNetwork}. The first layer reads the concatenation of all numbers, each with its
 * embedding, and then of the categories' embeddings, in the order in which they were given. Arrays are copied. Not
 * thread-safe.
 */
public final class DenseNetworkBuilder {

    private static final float[] NONE = {};

    private int[] numbers = {};
    private float[] centers = NONE;
    private float[] factors = NONE;
    private double softLimit = Double.POSITIVE_INFINITY;
    private @Nullable NumberEmbedding embedding;
    private final List<NetworkInputs.Category> categories = new ArrayList<>();
    private final List<DenseLayer> layers = new ArrayList<>();
    private final List<DenseHead> heads = new ArrayList<>();
    private double[] scales = {};
    private double[] offsets = {};
    private double low = Double.NEGATIVE_INFINITY;
    private double high = Double.POSITIVE_INFINITY;
    private Link link = Link.IDENTITY;

    DenseNetworkBuilder() {}

    /** The dense features that are read as numbers, at most all; none by default. */
    public DenseNetworkBuilder numbers(int... features) {
        numbers = features.clone();
        return this;
    }

    /** Each number x becomes {@code (x - center) * factor}; one center and one factor per number. Default: as it is. */
    public DenseNetworkBuilder scaling(float[] givenCenters, float[] givenFactors) {
        centers = givenCenters.clone();
        factors = givenFactors.clone();
        return this;
    }

    /**
     * Each scaled number x becomes {@code x / sqrt(1 + (x / limit)^2)}, which never exceeds the limit (RealMLP takes 3).
     * Default: infinite, as it is.
     *
     * @param limit positive
     */
    public DenseNetworkBuilder softLimit(double limit) {
        softLimit = limit;
        return this;
    }

    /** How numbers are spread over several inputs. Default: each number is one input. */
    public DenseNetworkBuilder embedding(NumberEmbedding given) {
        embedding = given;
        return this;
    }

    /**
     * Adds a category.
     *
     * @param feature the dense feature that holds codes 0..levels-1; NaN is missing
     * @param levels at least 0
     * @param width values for each level, at least 1
     * @param table (levels + 1) x width, row by row: row 0 for missing and unseen codes, row c + 1 for code c
     * @throws IllegalArgumentException if the table's length does not fit or a value is not finite
     */
    public DenseNetworkBuilder category(int feature, int levels, int width, float[] table) {
        Arguments.that(
                levels >= 0 && levels < Integer.MAX_VALUE && width >= 1,
                "A category of %d levels and width %d cannot be.",
                levels,
                width);
        categories.add(new NetworkInputs.Category(
                feature, Matrix.table(levels + 1, width, table, "table of feature " + feature)));
        return this;
    }

    /**
     * Adds a layer; none makes a linear model.
     *
     * @param weights outputs x inputs, output by output, as PyTorch's {@code Linear.weight}
     * @param bias one per output, at least one
     * @throws IllegalArgumentException if lengths do not fit each other or a value is not finite
     */
    public DenseNetworkBuilder layer(float[] weights, float[] bias, Activation activation) {
        return layer(weights, bias, activation, NONE);
    }

    /** A layer whose outputs are {@code (1 - a) z + a activation(z)} with an a of its own for each. */
    public DenseNetworkBuilder layer(float[] weights, float[] bias, Activation activation, float[] blend) {
        String name = "weights of layer " + layers.size();
        layers.add(new DenseLayer(matrix(weights, bias, name), bias.clone(), activation, blend.clone()));
        return this;
    }

    /**
     * Adds a member that reads the inputs as they are; a plain network has this one only.
     *
     * @param weights outputs x width of the last layer, output by output
     * @param bias one per output
     */
    public DenseNetworkBuilder member(float[] weights, float[] bias) {
        return member(NONE, weights, bias);
    }

    /** Adds a member that multiplies each of the first layer's inputs by a factor of its own. */
    public DenseNetworkBuilder member(float[] scaling, float[] weights, float[] bias) {
        String name = "weights of member " + heads.size();
        heads.add(new DenseHead(
                scaling.length == 0 ? null : Matrix.table(1, scaling.length, scaling, "scaling of a member"),
                matrix(weights, bias, name),
                bias.clone()));
        return this;
    }

    /** Each output z becomes {@code z * scale + offset}: standardised targets. One of each per output. Default: as it is. */
    public DenseNetworkBuilder outputs(double[] givenScales, double[] givenOffsets) {
        scales = givenScales.clone();
        offsets = givenOffsets.clone();
        return this;
    }

    /** Bounds of each output after scale and offset and before the link. Default: infinite. */
    public DenseNetworkBuilder clamp(double lowest, double highest) {
        low = lowest;
        high = highest;
        return this;
    }

    /** Applied to each member's outputs before they are averaged. Default: {@link Link#IDENTITY}. */
    public DenseNetworkBuilder link(Link given) {
        link = given;
        return this;
    }

    /**
     * The network.
     *
     * @throws IllegalArgumentException if there is no input or no member, parts do not fit each other, or a value is
     *     not finite; the message names the part
     */
    public DenseNetwork build() {
        NetworkInputs inputs = new NetworkInputs(numbers, centers, factors, softLimit, embedding, categories);
        return new DenseNetwork(inputs, layers, heads, new NetworkEnding(scales, offsets, low, high, link));
    }

    /** The number of inputs follows from the weights; whether so many are there shows when all parts are known. */
    private static Matrix matrix(float[] weights, float[] bias, String name) {
        Arguments.that(
                bias.length > 0 && weights.length % bias.length == 0,
                "%s: %d values are no whole number for each of %d outputs.",
                name,
                weights.length,
                bias.length);
        return Matrix.of(bias.length, weights.length / bias.length, weights, name);
    }
}
