package org.autotuner.score;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;

/** A {@link ConvolutionNetwork} in a model file. */
final class ConvolutionNetworkCodec implements ScorerCodec {

    private static final int MOST_CHANNELS = 1 << 16;
    private static final int MOST_STEPS = 4096;

    @Override
    public String type() {
        return ConvolutionNetwork.TYPE;
    }

    static void write(ConvolutionNetwork network, Node node) {
        PlaneShape image = network.image();
        node.put("first", network.first())
                .put("channels", image.channels())
                .put("height", image.height())
                .put("width", image.width())
                .put("centres", network.centres())
                .put("factors", network.factors());
        node.list("steps");
        for (ConvolutionStep step : network.steps()) {
            Node place = node.append("steps").put("from", step.from());
            if (step instanceof Convolution convolution) {
                place.put("kind", "convolution")
                        .put("added", convolution.added())
                        .put("inputs", convolution.inputs())
                        .put("kernel", convolution.kernel())
                        .put("stride", convolution.stride())
                        .put("padding", convolution.padding())
                        .put("relu", convolution.relu())
                        .put("bias", convolution.bias());
                int columns = convolution.weights().length / convolution.bias().length;
                MatrixCodec.write(place, "weights", columns, convolution.weights(), convolution.scales());
            } else {
                MaxPool pool = (MaxPool) step;
                place.put("kind", "max-pool")
                        .put("kernel", pool.kernel())
                        .put("stride", pool.stride())
                        .put("padding", pool.padding());
            }
        }
        network.head().write(node, "head");
        node.put("bias", network.bias());
        NetworkEnding ending = network.ending();
        node.put("scales", ending.scales).put("offsets", ending.offsets);
        node.put("low", ending.low).put("high", ending.high);
        ending.link.write(node);
    }

    @Override
    public Scorer read(Node node) {
        try {
            return network(node);
        } catch (IllegalArgumentException e) {
            BundleException wrong =
                    node.wrong("steps", "makes no network with the other parts (%s)".formatted(e.getMessage()));
            wrong.addSuppressed(e);
            throw wrong;
        }
    }

    private static ConvolutionNetwork network(Node node) {
        PlaneShape image = new PlaneShape(
                node.integer("channels", 1, MOST_CHANNELS),
                node.integer("height", 1, MOST_CHANNELS),
                node.integer("width", 1, MOST_CHANNELS));
        List<ConvolutionStep> steps = new ArrayList<>();
        Checks.that(node.nodes("steps").size() <= MOST_STEPS, node, "steps", "has too many entries");
        for (Node place : node.nodes("steps")) {
            steps.add(step(place));
        }
        float[] bias = node.floats("bias");
        PlaneShape last = image;
        List<PlaneShape> shapes = new ArrayList<>(List.of(image));
        for (ConvolutionStep step : steps) {
            Checks.that(step.from() < shapes.size(), node, "steps", "reads planes that are not yet made");
            last = step.shape(shapes.get(step.from()));
            shapes.add(last);
        }
        return new ConvolutionNetwork(
                node.integer("first", 0, Checks.MAX_WIDTH - 1),
                image,
                node.floats("centres"),
                node.floats("factors"),
                steps,
                Matrix.read(node, "head", bias.length, last.channels()),
                bias,
                new NetworkEnding(
                        node.doubles("scales"),
                        node.doubles("offsets"),
                        node.real("low"),
                        node.real("high"),
                        Link.read(node)));
    }

    private static ConvolutionStep step(Node place) {
        int from = place.integer("from", 0, MOST_STEPS);
        int kernel = place.integer("kernel", 1, 64);
        int stride = place.integer("stride", 1, 64);
        int padding = place.integer("padding", 0, 63);
        String kind = place.text("kind");
        if (kind.equals("max-pool")) {
            return new MaxPool(from, kernel, stride, padding);
        }
        Checks.that(kind.equals("convolution"), place, "kind", "is '%s', not convolution or max-pool".formatted(kind));
        float[] bias = place.floats("bias");
        int inputs = place.integer("inputs", 1, MOST_CHANNELS);
        float[] scales = MatrixCodec.scales(place, "weights", bias.length);
        return new Convolution(
                from,
                place.integer("added", -1, MOST_STEPS),
                inputs,
                kernel,
                stride,
                padding,
                place.flag("relu"),
                MatrixCodec.values(place, "weights", bias.length, inputs * kernel * kernel, scales),
                bias,
                scales);
    }
}
