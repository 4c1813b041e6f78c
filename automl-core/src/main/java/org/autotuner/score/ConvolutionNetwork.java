package org.autotuner.score;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.prepare.FeatureRow;

/**
 * A trained network of convolutions over an image, in plain Java: convolutions with ReLU and sums with earlier planes (He and
 * others, arXiv 1512.03385), pooling, the mean of each last plane, one linear layer, link. Batch normalisation is part of the
 * convolutions.
 *
 * <p>The image is channels x height x width consecutive dense features; what is no finite number counts as 0, and each channel
 * is moved and scaled. Computes with floats, about a nanosecond for some multiplications. Outputs are finite. Immutable and
 * thread-safe.
 */
public final class ConvolutionNetwork implements Scorer {

    static final String TYPE = "convolution-network";

    /** Inputs beyond are cut, so that sums stay finite. */
    private static final float LARGEST_INPUT = 1e6f;

    /** A row that costs more multiplications is refused, so that a file cannot make scoring endless. */
    private static final double MOST_PRODUCTS = 2e11;

    private final int first;
    private final float[] centres;
    private final float[] factors;
    private final List<PlaneShape> shapes;
    private final List<ConvolutionStep> steps;
    private final Matrix head;
    private final float[] bias;
    private final NetworkEnding ending;

    ConvolutionNetwork(
            int first,
            PlaneShape image,
            float[] centres,
            float[] factors,
            List<ConvolutionStep> steps,
            Matrix head,
            float[] bias,
            NetworkEnding ending) {
        Arguments.that(first >= 0 && first <= Checks.MAX_WIDTH, "An image cannot begin at feature %d.", first);
        Arguments.length(centres.length, image.channels(), "centres");
        Arguments.length(factors.length, image.channels(), "factors");
        Arguments.finite(centres, "centres");
        Arguments.finite(factors, "factors");
        Arguments.length(bias.length, head.rows(), "bias of the head");
        Arguments.finite(bias, "bias of the head");
        List<PlaneShape> found = new ArrayList<>(List.of(image));
        double products = 0;
        for (int i = 0; i < steps.size(); i++) {
            ConvolutionStep step = steps.get(i);
            Arguments.that(
                    step.from() >= 0 && step.from() <= i, "Step %d reads planes %d, not yet made.", i, step.from());
            PlaneShape input = found.get(step.from());
            PlaneShape shape = step.shape(input);
            products += step.products(input);
            if (step instanceof Convolution convolution && convolution.added() >= 0) {
                Arguments.that(
                        convolution.added() <= i
                                && found.get(convolution.added()).equals(shape),
                        "Step %d cannot add planes %d.",
                        i,
                        convolution.added());
            }
            found.add(shape);
        }
        Arguments.that(products <= MOST_PRODUCTS, "A row would cost %s multiplications.", products);
        Arguments.that(
                found.get(found.size() - 1).channels() == head.columns(),
                "The head reads %d planes, but there are %d.",
                head.columns(),
                found.get(found.size() - 1).channels());
        ending.check(bias.length);
        this.first = first;
        this.centres = centres;
        this.factors = factors;
        this.shapes = List.copyOf(found);
        this.steps = List.copyOf(steps);
        this.head = head;
        this.bias = bias;
        this.ending = ending;
    }

    /**
     * Collects the parts of a network.
     *
     * @param first dense feature that holds the first pixel
     */
    public static ConvolutionNetworkBuilder builder(int first, int channels, int height, int width) {
        return new ConvolutionNetworkBuilder(first, new PlaneShape(channels, height, width));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public int outputs() {
        return bias.length;
    }

    @Override
    public int width() {
        return first + shapes.get(0).size();
    }

    int first() {
        return first;
    }

    PlaneShape image() {
        return shapes.get(0);
    }

    float[] centres() {
        return centres;
    }

    float[] factors() {
        return factors;
    }

    List<ConvolutionStep> steps() {
        return steps;
    }

    Matrix head() {
        return head;
    }

    float[] bias() {
        return bias;
    }

    NetworkEnding ending() {
        return ending;
    }

    @Override
    public void score(FeatureRow row, double[] out) {
        float[] margins = bias.clone();
        head.addProduct(means(row.array(), row.offset()), new int[head.columns()], margins);
        ending.apply(margins, out);
    }

    /** The mean of each last plane. */
    private float[] means(float[] features, int offset) {
        float[][][] planes = new float[steps.size() + 1][][];
        planes[0] = image(features, offset + first);
        for (int i = 0; i < steps.size(); i++) {
            int from = steps.get(i).from();
            planes[i + 1] = steps.get(i).apply(planes[from], shapes.get(from), planes);
        }
        float[][] last = planes[steps.size()];
        float[] means = new float[last.length];
        for (int channel = 0; channel < last.length; channel++) {
            double sum = 0;
            for (float value : last[channel]) {
                sum += value;
            }
            float mean = (float) (sum / last[channel].length);
            means[channel] = Float.isFinite(mean) ? mean : 0;
        }
        return means;
    }

    private float[][] image(float[] features, int offset) {
        PlaneShape shape = shapes.get(0);
        float[][] planes = new float[shape.channels()][shape.plane()];
        for (int channel = 0; channel < planes.length; channel++) {
            int from = offset + channel * shape.plane();
            for (int i = 0; i < shape.plane(); i++) {
                float value = features[from + i];
                float bounded = Float.isNaN(value) ? 0 : Math.max(-LARGEST_INPUT, Math.min(LARGEST_INPUT, value));
                planes[channel][i] = (bounded - centres[channel]) * factors[channel];
            }
        }
        return planes;
    }

    /** A network whose file is smaller; this one where the compression does nothing. */
    @Override
    public ConvolutionNetwork compressed(Compression compression) {
        if (compression.isNone()) {
            return this;
        }
        List<ConvolutionStep> smaller = steps.stream()
                .map(step -> step instanceof Convolution convolution ? convolution.compressed(compression) : step)
                .toList();
        return new ConvolutionNetwork(
                first, shapes.get(0), centres, factors, smaller, compression.other(head), bias, ending);
    }

    @Override
    public void write(Node node) {
        ConvolutionNetworkCodec.write(this, node);
    }

    @Override
    public String toString() {
        return "ConvolutionNetwork[%s, %d steps, %d outputs]".formatted(shapes.get(0), steps.size(), outputs());
    }
}
