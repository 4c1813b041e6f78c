package org.autotuner.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.bundle.Bundle;
import org.autotuner.bundle.Node;
import org.autotuner.error.BundleException;
import org.autotuner.error.DataException;

/**
 * A block of the user with its trained weights, ready to predict on a device. Weights are saved as data: the program that
 * loads them brings the block. May predict in several threads at once if the block may, as DJL's own blocks do. Has native
 * memory: close it.
 */
public final class TrainedNetwork implements AutoCloseable {

    private static final int BATCH = 256;

    private final Block block;
    private final List<RowArray.Form> forms;
    private final NDManager manager;
    private final GradientTape tape;
    private final BlockWeights weights;
    private final boolean ownsParameters;

    private TrainedNetwork(Block block, List<RowArray.Form> forms, DeviceChoice device) {
        Engine engine = Devices.engine();
        this.block = block;
        this.forms = List.copyOf(forms);
        this.manager = engine.newBaseManager(Devices.of(device, engine));
        this.tape = CollectorTape.of(engine);
        this.ownsParameters = !block.isInitialized();
        try {
            BlockInputs.initialize(block, manager, forms, 0);
            this.weights = new BlockWeights(block, manager);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Puts weights into a block.
     *
     * @param block built as the trained one was; not to be used elsewhere until this network is closed
     * @param forms what a row of each input looks like
     * @throws DataException if the weights are those of another network
     */
    public static TrainedNetwork of(Block block, List<RowArray.Form> forms, Weights weights, DeviceChoice device) {
        TrainedNetwork network = new TrainedNetwork(block, forms, device);
        try {
            network.weights.set(weights);
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /**
     * Reads weights that {@link #save} wrote.
     *
     * @param block built as the saved one was
     * @throws BundleException if the file is damaged, or its parameters are not those of the block
     */
    public static TrainedNetwork load(Path file, Block block, DeviceChoice device) {
        Node root = Bundle.read(file);
        TrainedNetwork network = new TrainedNetwork(block, forms(root), device);
        try {
            network.weights.set(network.read(root));
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /**
     * Predicts.
     *
     * @param inputs in the order and of the forms of the training
     * @return rows x outputs, before any link: logits or values
     * @throws DataException if the inputs have another form
     */
    public float[] outputs(RowArray... inputs) {
        NetworkData data = NetworkData.of(inputs);
        if (!data.forms().equals(forms)) {
            throw new DataException("The network was trained on inputs of the form %s, but these have the form %s."
                    .formatted(forms, data.forms()));
        }
        return tape.compute(() -> {
            try (NDManager call = manager.newSubManager()) {
                return new BlockForward(block, weights, data, call).outputs(weights.vector(), BATCH);
            }
        });
    }

    /** A copy of the weights. */
    public Weights weights() {
        return weights.toWeights(weights.vector().toFloatArray());
    }

    /** Names of the parameters, in the order of the weights. */
    public List<String> parameters() {
        return weights.names();
    }

    /**
     * Writes forms, names, shapes and weights: data alone, in the manner of {@link Bundle}.
     *
     * @throws BundleException if the file cannot be written; the target is then as before
     */
    public void save(Path file) {
        Node root = Node.root();
        root.put("kind", "network");
        root.list("inputs");
        root.list("parameters");
        for (RowArray.Form form : forms) {
            root.append("inputs")
                    .put("codes", form.codes())
                    .put(
                            "shape",
                            form.shape().stream().mapToLong(extent -> extent).toArray());
        }
        List<float[]> arrays = weights().arrays();
        List<Shape> shapes = weights.shapes();
        for (int i = 0; i < arrays.size(); i++) {
            root.append("parameters")
                    .put("name", weights.names().get(i))
                    .put("shape", shapes.get(i).getShape())
                    .put("values", arrays.get(i));
        }
        Bundle.write(file, root);
    }

    private Weights read(Node root) {
        List<Node> nodes = root.nodes("parameters");
        List<String> names = weights.names();
        List<Shape> shapes = weights.shapes();
        if (nodes.size() != names.size()) {
            throw root.wrong("parameters", "holds %d, but the block has %d".formatted(nodes.size(), names.size()));
        }
        List<float[]> arrays = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Node node = nodes.get(i);
            float[] values = node.floats("values");
            if (!node.text("name").equals(names.get(i))
                    || !Arrays.equals(node.longs("shape"), shapes.get(i).getShape())
                    || values.length != shapes.get(i).size()) {
                throw node.wrong(
                        "name",
                        "is '%s' of shape %s, but the block has '%s' of shape %s there"
                                .formatted(
                                        node.text("name"),
                                        Arrays.toString(node.longs("shape")),
                                        names.get(i),
                                        shapes.get(i)));
            }
            arrays.add(values);
        }
        return new Weights(arrays);
    }

    private static List<RowArray.Form> forms(Node root) {
        if (!root.text("kind").equals("network")) {
            throw root.wrong("kind", "is not 'network', so the file holds something else");
        }
        List<RowArray.Form> forms = new ArrayList<>();
        for (Node node : root.nodes("inputs")) {
            List<Long> shape = new ArrayList<>();
            for (long extent : node.longs("shape")) {
                if (extent < 1) {
                    throw node.wrong("shape", "holds the extent " + extent);
                }
                shape.add(extent);
            }
            forms.add(new RowArray.Form(shape, node.integer("codes", 0, Integer.MAX_VALUE)));
        }
        return forms;
    }

    @Override
    public void close() {
        if (ownsParameters) {
            block.clear();
        }
        manager.close();
    }
}
