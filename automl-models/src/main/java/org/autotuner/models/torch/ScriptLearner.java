package org.autotuner.models.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.train.Devices;
import org.autotuner.train.Learner;
import org.autotuner.train.LearnerState;
import org.autotuner.train.StepPlan;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Trains a {@link NetworkPlan} by a generated script: one call runs many steps without going back to Java. For one thread at
 * a time; learners in several threads do not disturb one another, and each learns what it would learn alone.
 */
public final class ScriptLearner implements Learner {

    private static final int EVALUATED_ROWS = 8192;
    private static final int EVALUATED_CELLS = 1 << 22;
    private static final double CPU_SECONDS_PER_STEP = 2e-4;
    private static final double CPU_PRODUCTS_PER_SECOND = 7e10;
    private static final double GPU_SECONDS_PER_STEP = 1e-3;
    private static final double GPU_PRODUCTS_PER_SECOND = 1e13;

    private final NetworkPlan plan;
    private final TrainingSettings settings;
    private final NetworkScript script;
    private final NDManager manager;
    private final DeviceArrays arrays;
    private final TorchBridge.Script module;
    private final int rows;
    private final int evaluationRows;
    private final ParameterStore store;
    private final List<Object> data = new ArrayList<>();
    private final List<List<Object>> evaluation = new ArrayList<>();
    private final NDList constants = new NDList();
    private final NDList pools = new NDList();
    private final List<float[]> poolValues = new ArrayList<>();
    private final NDArray batchSize;
    private final NDArray zero;
    /** Where rows are changed for each step: what they are changed from; else null, and all rows are on the device. */
    private final @Nullable ChangedRows changed;

    private long steps;
    private boolean isClosed;

    /**
     * A learner with fresh weights.
     *
     * @param evaluated rows whose {@link #outputs()} are wanted; null for none
     * @throws IllegalArgumentException if shapes, codes, labels or numbers do not fit; checked here, since native code would
     *     end the process
     * @throws org.autotuner.error.FamilyUnavailableException if PyTorch's native library is missing
     * @throws org.autotuner.error.OptionException if a GPU was asked for, and there is none
     */
    public static ScriptLearner of(
            NetworkPlan plan,
            NetworkRows rows,
            NetworkTargets targets,
            @Nullable NetworkRows evaluated,
            TrainingSettings settings) {
        return of(plan, rows, targets, evaluated, settings, null);
    }

    /**
     * The same with rows that are changed on their way into each step.
     *
     * @param change for a plan of one network; null for none
     */
    public static ScriptLearner of(
            NetworkPlan plan,
            NetworkRows rows,
            NetworkTargets targets,
            @Nullable NetworkRows evaluated,
            TrainingSettings settings,
            @Nullable RowChange change) {
        NetworkChecks.check(plan, rows, targets, settings.loss());
        if (change != null && (plan.networks() > 1 || plan.codes() > 0)) {
            throw new IllegalArgumentException(
                    "Rows can be changed for one network of numbers, not for %d with %d codes."
                            .formatted(plan.networks(), plan.codes()));
        }
        if (evaluated != null) {
            NetworkChecks.check(plan, evaluated);
        }
        return new ScriptLearner(plan, rows, targets.prepared(settings.loss()), evaluated, settings, change);
    }

    private ScriptLearner(
            NetworkPlan plan,
            NetworkRows rows,
            NetworkTargets targets,
            @Nullable NetworkRows evaluated,
            TrainingSettings settings,
            @Nullable RowChange change) {
        this.plan = plan;
        this.settings = settings;
        this.rows = rows.rows();
        this.evaluationRows = evaluated == null ? 0 : evaluated.rows();
        Engine engine = Devices.engine();
        Device device = Devices.of(settings.device(), engine);
        this.manager = engine.newBaseManager(device);
        this.arrays = new DeviceArrays(manager);
        boolean isWeighted = targets.weights().length > 0;
        boolean isBlended = change == null || !change.mixes();
        this.script = new NetworkScript(
                plan,
                settings,
                targets.hasLabels(),
                isWeighted,
                isBlended,
                settings.mixedPrecision() && device.isGpu());
        this.changed = change == null ? null : new ChangedRows(rows.numbers(), plan.numbers(), targets, change);
        TorchBridge.prepareThread();
        this.module = TorchBridge.load(manager, script.archive());
        this.store = new ParameterStore(script, arrays, settings.seed());
        for (Registry.Constant constant : script.registry().constants()) {
            constants.add(arrays.floats(constant.values(), shape(constant.shape())));
        }
        if (changed == null) {
            addInputs(data, rows, 0, rows.rows());
            addTargets(data, targets, manager);
        }
        int chunk = Math.max(256, EVALUATED_ROWS / (plan.networks() * plan.members()));
        chunk = Math.max(1, Math.min(chunk, EVALUATED_CELLS / script.registry().planes()));
        for (int from = 0; evaluated != null && from < evaluated.rows(); from += chunk) {
            List<Object> inputs = new ArrayList<>();
            addInputs(inputs, evaluated, from, Math.min(evaluated.rows(), from + chunk));
            evaluation.add(inputs);
        }
        makePools();
        this.batchSize = arrays.longs(manager, new long[] {settings.batch()}, new Shape());
        this.zero = arrays.floats(new float[1], new Shape());
    }

    private void addTargets(List<Object> list, NetworkTargets targets, NDManager owner) {
        list.add(
                targets.hasLabels()
                        ? arrays.longs(owner, targets.labels(), new Shape(targets.labels().length))
                        : arrays.floats(owner, targets.values(), new Shape(targets.rows(), targets.width())));
        if (targets.weights().length > 0) {
            list.add(arrays.floats(owner, targets.weights(), new Shape(targets.weights().length)));
        }
    }

    private void addInputs(List<Object> list, NetworkRows given, int from, int to) {
        int numbers = plan.numbers();
        int codes = plan.codes();
        if (numbers > 0) {
            list.add(arrays.floats(
                    Arrays.copyOfRange(given.numbers(), from * numbers, to * numbers), new Shape(to - from, numbers)));
        }
        if (codes > 0) {
            list.add(arrays.longs(
                    manager, Arrays.copyOfRange(given.codes(), from * codes, to * codes), new Shape(to - from, codes)));
        }
    }

    private void makePools() {
        int cells = Math.multiplyExact(settings.batch(), script.registry().cells());
        for (int i = 0; i < script.registry().pools().size(); i++) {
            addPool(MaskPool.length(cells));
        }
        if (script.hasNoise()) {
            addPool(MaskPool.length(Math.multiplyExact(settings.batch(), plan.numbers() * plan.networks())));
        }
    }

    private void addPool(int length) {
        float[] values = new float[length];
        poolValues.add(values);
        pools.add(arrays.floats(values, new Shape(length)));
    }

    @Override
    public int members() {
        return plan.networks();
    }

    @Override
    public int rows() {
        return rows;
    }

    /**
     * Some 100 ms of a middling core or GPU: by the numbers that a step multiplies. Masks are made by the CPU, and for a
     * call as many whatever its steps, so that few steps at once would leave a GPU waiting for them.
     */
    @Override
    public int stepsAtOnce() {
        boolean isGpu = manager.getDevice().isGpu();
        double products = 6.0
                * settings.batch()
                * (plan.members() * (double) store.size() + script.registry().products());
        double seconds = (isGpu ? GPU_SECONDS_PER_STEP : CPU_SECONDS_PER_STEP)
                + products / (isGpu ? GPU_PRODUCTS_PER_SECOND : CPU_PRODUCTS_PER_SECOND);
        return (int) Math.max(1, Math.min(256, 0.1 / seconds));
    }

    @Override
    public double train(StepPlan given) {
        if (given.batch() != settings.batch() || given.order().length != plan.networks()) {
            throw new IllegalArgumentException(
                    "The plan is for %d networks in batches of %d, the learner for %d and %d."
                            .formatted(given.order().length, given.batch(), plan.networks(), settings.batch()));
        }
        TorchBridge.prepareThread();
        try (NDManager call = manager.newSubManager()) {
            double loss = module.call(call, "run_steps", arguments(given, call))
                            .singletonOrThrow()
                            .getFloat()
                    / plan.networks();
            steps += given.steps();
            return loss;
        }
    }

    /** What {@code run_steps} takes, in its order. */
    private List<Object> arguments(StepPlan given, NDManager call) {
        SplittableRandom random = new SplittableRandom(given.seed());
        fillPools(random, given.regularization(given.steps() / 2));
        List<Object> arguments = new ArrayList<>(store.trained());
        store.addStatistics(arguments);
        if (!constants.isEmpty()) {
            arguments.add(constants);
        }
        int[][] rowsOfSteps = given.order();
        if (changed == null) {
            arguments.addAll(data);
        } else {
            int length = given.order()[0].length;
            arguments.add(arrays.floats(call, changed.inputs(given, random), new Shape(length, plan.numbers())));
            addTargets(arguments, changed.targets(given.order()[0]), call);
            rowsOfSteps =
                    new int[][] {java.util.stream.IntStream.range(0, length).toArray()};
        }
        if (script.sites() > 0) {
            arguments.add(pools);
            arguments.add(arrays.longs(call, offsets(given, random), new Shape((long) given.steps() * script.sites())));
        }
        int length = given.order()[0].length;
        int[] order = new int[length * plan.networks()];
        for (int network = 0; network < plan.networks(); network++) {
            System.arraycopy(rowsOfSteps[network], 0, order, network * length, length);
        }
        arguments.add(arrays.longs(call, order, new Shape(plan.networks(), length)));
        arguments.add(arrays.doubles(call, steps(given), new Shape(4L * given.steps())));
        arguments.add(batchSize);
        arguments.add(zero);
        return arguments;
    }

    /**
     * Writes the script and the arguments of a call, so that another installation of PyTorch, such as one with a GPU, can
     * run it: {@code network.pt}, {@code arguments.json} (for each argument the type, shape and place of its tensors) and
     * {@code arguments.bin}.
     *
     * @param folder exists
     * @throws java.io.IOException if a file cannot be written
     */
    public void dump(StepPlan given, Path folder) throws IOException {
        try (NDManager call = manager.newSubManager()) {
            NetworkScript elsewhere = new NetworkScript(
                    plan,
                    settings,
                    script.hasLabels(),
                    script.isWeighted(),
                    script.isBlended(),
                    settings.mixedPrecision());
            Files.write(folder.resolve("network.pt"), elsewhere.archive());
            ArgumentFile.write(arguments(given, call), folder);
        }
    }

    /** Masks are made ahead for all steps of a call, so these share the rates of the one in the middle. */
    private void fillPools(SplittableRandom random, double regularization) {
        List<Double> rates = script.registry().pools();
        for (int i = 0; i < pools.size(); i++) {
            float[] values = poolValues.get(i);
            if (i < rates.size()) {
                MaskPool.masks(values, rates.get(i) * regularization, random);
            } else {
                MaskPool.noise(values, settings.noise(), random);
            }
            pools.set(i, arrays.refill(pools.get(i), values));
        }
    }

    private long[] offsets(StepPlan given, SplittableRandom random) {
        long[] offsets = new long[given.steps() * script.sites()];
        int cells = settings.batch() * script.registry().cells();
        int numbers = settings.batch() * plan.numbers() * plan.networks();
        for (int i = 0; i < offsets.length; i++) {
            boolean isNoise = script.hasNoise() && i % script.sites() == script.sites() - 1;
            int most = isNoise ? numbers : cells;
            offsets[i] = random.nextInt(MaskPool.length(most) - most + 1);
        }
        return offsets;
    }

    /**
     * Rate, share of the mixture, decay of the average (less at first, so that it forgets the start) and share of the weight
     * decay of each step.
     */
    private double[] steps(StepPlan given) {
        double[] values = new double[4 * given.steps()];
        for (int step = 0; step < given.steps(); step++) {
            double done = steps + step + 1;
            values[4 * step] = given.rates()[step];
            values[4 * step + 1] = given.mix(step);
            values[4 * step + 2] = Math.min(settings.averaging(), (1 + done) / (10 + done));
            values[4 * step + 3] = given.regularization(step);
        }
        return values;
    }

    @Override
    public float[] outputs() {
        TorchBridge.prepareThread();
        int parts = plan.networks() * plan.members();
        int outputs = plan.outputs();
        float[] all = new float[parts * evaluationRows * outputs];
        int from = 0;
        for (List<Object> inputs : evaluation) {
            try (NDManager call = manager.newSubManager()) {
                List<Object> arguments = new ArrayList<>(store.evaluated());
                store.addStatistics(arguments);
                if (!constants.isEmpty()) {
                    arguments.add(constants);
                }
                arguments.addAll(inputs);
                float[] some = module.call(call, "outputs", arguments)
                        .singletonOrThrow()
                        .toFloatArray();
                int length = some.length / parts;
                for (int part = 0; part < parts; part++) {
                    System.arraycopy(some, part * length, all, part * evaluationRows * outputs + from, length);
                }
                from += length;
            }
        }
        return all;
    }

    @Override
    public Weights weights() {
        return store.weights();
    }

    /** The weights of one network by the names of its parameters and statistics, without the axis of the networks. */
    public NamedWeights named(Weights weights, int network) {
        return store.named(weights, network);
    }

    @Override
    public void restore(Weights weights) {
        store.restore(weights);
    }

    @Override
    public LearnerState state() {
        return new LearnerState(store.state(), steps);
    }

    @Override
    public void resume(LearnerState state) {
        store.resume(state.arrays());
        steps = state.steps();
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            module.close();
            manager.close();
        }
    }

    static Shape shape(int[] lengths) {
        return new Shape(Arrays.stream(lengths).asLongStream().toArray());
    }
}
