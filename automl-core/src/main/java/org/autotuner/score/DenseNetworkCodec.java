package org.autotuner.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;

/** Writes and reads {@link DenseNetwork}. Its constructors check everything, so a row meets no index out of range. */
final class DenseNetworkCodec implements ScorerCodec {

    @Override
    public String type() {
        return DenseNetwork.TYPE;
    }

    static void write(DenseNetwork network, Node node) {
        NetworkInputs inputs = network.inputs();
        node.put("numbers", inputs.numbers()).put("soft_limit", inputs.softLimit());
        put(node, "centers", inputs.centers());
        put(node, "factors", inputs.factors());
        NumberEmbedding embedding = inputs.embedding();
        if (embedding != null) {
            write(embedding, node.child("embedding"));
        }
        node.list("categories");
        for (NetworkInputs.Category category : inputs.categories()) {
            Node place = node.append("categories")
                    .put("feature", category.feature())
                    .put("levels", category.table().rows() - 1)
                    .put("width", category.table().columns());
            category.table().write(place, "table");
        }
        node.list("layers");
        for (DenseLayer layer : network.layers()) {
            Node place = node.append("layers").put("activation", layer.activation.label());
            layer.weights.write(place, "weights");
            put(place.put("bias", layer.bias), "blend", layer.blend);
        }
        node.list("members");
        for (DenseHead head : network.heads()) {
            Node place = node.append("members");
            if (head.scaling != null) {
                head.scaling.write(place, "scaling");
            }
            head.weights.write(place, "weights");
            place.put("bias", head.bias);
        }
        NetworkEnding ending = network.ending();
        if (ending.scales.length > 0) {
            node.put("scales", ending.scales).put("offsets", ending.offsets);
        }
        node.put("low", ending.low).put("high", ending.high);
        ending.link.write(node);
    }

    /** Every array takes some hundred bytes of a file for its name and checksum, even an empty one. */
    private static void put(Node node, String name, float[] values) {
        if (values.length > 0) {
            node.put(name, values);
        }
    }

    private static float[] floats(Node node, String name) {
        return node.has(name) ? node.floats(name) : new float[0];
    }

    private static double[] doubles(Node node, String name) {
        return node.has(name) ? node.doubles(name) : new double[0];
    }

    private static void write(NumberEmbedding embedding, Node node) {
        if (embedding.encoding() instanceof PeriodicEncoding periodic) {
            node.put("kind", "periodic")
                    .put("count", periodic.count())
                    .put("frequencies", periodic.frequencies())
                    .put("phases", periodic.phases());
        } else if (embedding.encoding() instanceof PiecewiseEncoding piecewise) {
            node.put("kind", "piecewise").put("bins", piecewise.bins()).put("edges", piecewise.edges());
        }
        Matrix weights = embedding.weights();
        node.put("width", weights == null ? 0 : weights.columns());
        if (weights != null) {
            weights.write(node, "weights");
            node.put("bias", embedding.bias());
        }
        node.put("relu", embedding.relu()).put("raw", embedding.raw());
    }

    @Override
    public Scorer read(Node node) {
        try {
            return network(node);
        } catch (IllegalArgumentException e) {
            BundleException wrong =
                    node.wrong("layers", "makes no network with the other parts (%s)".formatted(e.getMessage()));
            wrong.addSuppressed(e);
            throw wrong;
        }
    }

    private static DenseNetwork network(Node node) {
        NetworkInputs inputs = new NetworkInputs(
                node.ints("numbers"),
                floats(node, "centers"),
                floats(node, "factors"),
                node.real("soft_limit"),
                node.has("embedding") ? embedding(node.node("embedding")) : null,
                node.nodes("categories").stream()
                        .map(DenseNetworkCodec::category)
                        .toList());
        int width = inputs.width();
        List<DenseLayer> layers = new ArrayList<>();
        for (Node place : node.nodes("layers")) {
            float[] bias = place.floats("bias");
            layers.add(new DenseLayer(
                    Matrix.read(place, "weights", bias.length, width),
                    bias,
                    activation(place),
                    floats(place, "blend")));
            width = bias.length;
        }
        List<DenseHead> heads = new ArrayList<>();
        for (Node place : node.nodes("members")) {
            float[] bias = place.floats("bias");
            heads.add(new DenseHead(
                    place.has("scaling") ? Matrix.readTable(place, "scaling", 1, inputs.width()) : null,
                    Matrix.read(place, "weights", bias.length, width),
                    bias));
        }
        return new DenseNetwork(
                inputs,
                layers,
                heads,
                new NetworkEnding(
                        doubles(node, "scales"),
                        doubles(node, "offsets"),
                        node.real("low"),
                        node.real("high"),
                        Link.read(node)));
    }

    private static NetworkInputs.Category category(Node node) {
        int levels = node.integer("levels", 0, Integer.MAX_VALUE - 1);
        int width = node.integer("width", 1, Integer.MAX_VALUE);
        return new NetworkInputs.Category(
                node.integer("feature", 0, Checks.MAX_WIDTH - 1), Matrix.readTable(node, "table", levels + 1, width));
    }

    private static NumberEmbedding embedding(Node node) {
        NumberEmbedding embedding = NumberEmbedding.plain(encoding(node), node.flag("relu"), node.flag("raw"));
        int width = node.integer("width", 0, Integer.MAX_VALUE);
        if (width == 0) {
            return embedding;
        }
        Matrix weights = Matrix.readTable(node, "weights", embedding.encoding().components(), width);
        return embedding.withLinear(weights, node.floats("bias"));
    }

    private static NumberEmbedding.Encoding encoding(Node node) {
        String kind = node.text("kind");
        if (kind.equals("periodic")) {
            return new PeriodicEncoding(
                    node.integer("count", 1, Integer.MAX_VALUE), node.floats("frequencies"), node.floats("phases"));
        }
        Checks.that(kind.equals("piecewise"), node, "kind", "is '%s', not periodic or piecewise".formatted(kind));
        return new PiecewiseEncoding(node.ints("bins"), node.floats("edges"));
    }

    private static Activation activation(Node node) {
        String name = node.text("activation");
        for (Activation activation : Activation.values()) {
            if (activation.label().equals(name)) {
                return activation;
            }
        }
        throw node.wrong(
                "activation",
                "is '%s', not one of %s"
                        .formatted(
                                name,
                                Arrays.stream(Activation.values())
                                        .map(Activation::label)
                                        .collect(Collectors.joining(", "))));
    }
}
