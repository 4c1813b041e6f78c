package org.autotuner.models.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.train.DeviceChoice;
import org.autotuner.train.Devices;

/**
 * Trains the upper layers of an encoder and its head, batch by batch. For one thread at a time; learners in several threads do
 * not disturb one another.
 */
public final class EncoderLearner implements AutoCloseable {

    private final EncoderPlan plan;
    private final List<EncoderScript.Group> groups;
    private final NDManager manager;
    private final DeviceArrays arrays;
    private final TorchBridge.Script module;
    private final List<NDList> weights = new ArrayList<>();
    private final List<Object> trained = new ArrayList<>();
    private boolean isClosed;

    /**
     * Texts that are computed together.
     *
     * @param x vectors that enter the lowest trained layer: texts x tokens x width, anything at padding
     * @param mask texts x tokens: 1 for a token, 0 for padding and dropped tokens; at least one 1 per text
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Texts(int count, int tokens, float[] x, float[] mask) {}

    /**
     * A learner.
     *
     * @param start values of {@link EncoderPlan#weights()}, in their order
     * @throws IllegalArgumentException if these do not fit
     * @throws org.autotuner.error.FamilyUnavailableException if PyTorch's native library is missing
     */
    public EncoderLearner(EncoderPlan plan, List<float[]> start) {
        this.plan = plan;
        check(start);
        Engine engine = Devices.engine();
        Device device = Devices.of(DeviceChoice.AUTO, engine);
        this.manager = engine.newBaseManager(device);
        this.arrays = new DeviceArrays(manager);
        EncoderScript script = new EncoderScript(plan);
        this.groups = script.groups();
        TorchBridge.prepareThread();
        this.module = TorchBridge.load(manager, script.archive());
        List<EncoderPlan.Weight> all = plan.weights();
        for (EncoderScript.Group group : groups) {
            NDList w = new NDList();
            NDList m = new NDList();
            NDList v = new NDList();
            NDList t = new NDList();
            for (int number : group.members()) {
                Shape shape = shape(all.get(number));
                w.add(arrays.floats(start.get(number), shape));
                m.add(arrays.floats(new float[all.get(number).size()], shape));
                v.add(arrays.floats(new float[all.get(number).size()], shape));
                t.add(arrays.floats(new float[1], new Shape()));
            }
            weights.add(w);
            trained.addAll(List.of(w, m, v, t));
        }
    }

    private void check(List<float[]> start) {
        List<EncoderPlan.Weight> all = plan.weights();
        if (start.size() != all.size()) {
            throw new IllegalArgumentException("%d arrays for %d weights.".formatted(start.size(), all.size()));
        }
        for (int i = 0; i < start.size(); i++) {
            if (start.get(i).length != all.get(i).size()) {
                throw new IllegalArgumentException("%d numbers for the %d of '%s'."
                        .formatted(
                                start.get(i).length,
                                all.get(i).size(),
                                all.get(i).name()));
            }
        }
    }

    private static Shape shape(EncoderPlan.Weight weight) {
        return new Shape(weight.shape().stream().mapToLong(Integer::longValue).toArray());
    }

    /**
     * One step.
     *
     * @param targets of these texts
     * @param drop texts x width: factors of the sentence vectors, for dropout; empty for none
     * @param rate learning rate of the highest layer
     * @return mean loss before the step
     */
    public double step(Texts texts, NetworkTargets targets, float[] drop, double rate) {
        check(texts);
        int rows = texts.count();
        boolean fits = targets.rows() == rows
                && targets.hasLabels() == plan.hasLabels()
                && (targets.weights().length == 0 || targets.weights().length == rows);
        if (!fits || !areLabelsInRange(targets)) {
            throw new IllegalArgumentException(
                    "The targets do not fit %d texts and %d outputs.".formatted(rows, plan.outputs()));
        }
        TorchBridge.prepareThread();
        try (NDManager call = manager.newSubManager()) {
            List<Object> arguments = new ArrayList<>(trained);
            addInputs(arguments, call, texts, drop);
            arguments.add(
                    plan.hasLabels()
                            ? arrays.longs(call, targets.labels(), new Shape(rows))
                            : floats(call, targets.values(), new Shape(rows, targets.width())));
            float[] importance = targets.weights();
            if (importance.length == 0) {
                importance = new float[rows];
                Arrays.fill(importance, 1);
            }
            arguments.add(floats(call, importance, new Shape(rows)));
            arguments.add(arrays.doubles(call, new double[] {rate}, new Shape()));
            return module.call(call, "step", arguments).singletonOrThrow().getFloat();
        }
    }

    private boolean areLabelsInRange(NetworkTargets targets) {
        return Arrays.stream(targets.labels()).allMatch(label -> label >= 0 && label < plan.outputs());
    }

    private void check(Texts texts) {
        long cells = (long) texts.count() * texts.tokens();
        if (texts.count() < 1
                || texts.tokens() < 1
                || texts.x().length != cells * plan.width()
                || texts.mask().length != cells) {
            throw new IllegalArgumentException("%d vectors and %d marks for %d texts of %d tokens of width %d."
                    .formatted(texts.x().length, texts.mask().length, texts.count(), texts.tokens(), plan.width()));
        }
    }

    private void addInputs(List<Object> arguments, NDManager call, Texts texts, float[] drop) {
        arguments.add(floats(call, texts.x(), new Shape(texts.count(), texts.tokens(), plan.width())));
        arguments.add(floats(call, texts.mask(), new Shape(texts.count(), texts.tokens())));
        float[] factors = drop;
        if (factors.length == 0) {
            factors = new float[texts.count() * plan.width()];
            Arrays.fill(factors, 1);
        }
        arguments.add(floats(call, factors, new Shape(texts.count(), plan.width())));
    }

    private NDArray floats(NDManager call, float[] values, Shape shape) {
        return arrays.floats(call, values, shape);
    }

    /** Outputs of the head, texts x outputs. */
    public float[] outputs(Texts texts) {
        check(texts);
        TorchBridge.prepareThread();
        try (NDManager call = manager.newSubManager()) {
            List<Object> arguments = new ArrayList<>(weights);
            addInputs(arguments, call, texts, new float[0]);
            return module.call(call, "outputs", arguments).singletonOrThrow().toFloatArray();
        }
    }

    /** Copies of the values of {@link EncoderPlan#weights()}, in their order. */
    public List<float[]> weights() {
        float[][] copies = new float[plan.weights().size()][];
        for (int group = 0; group < groups.size(); group++) {
            List<Integer> members = groups.get(group).members();
            for (int i = 0; i < members.size(); i++) {
                copies[members.get(i)] = weights.get(group).get(i).toFloatArray();
            }
        }
        return List.of(copies);
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            module.close();
            manager.close();
        }
    }
}
