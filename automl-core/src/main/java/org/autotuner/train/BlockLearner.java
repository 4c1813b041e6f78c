package org.autotuner.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.autotuner.error.DataException;
import org.autotuner.error.OptionException;
import org.jspecify.annotations.Nullable;

/**
 * Trains any DJL block through DJL's public interface. Data, weights and the optimizer's memory stay on the device; a step
 * gathers its rows there. Initial weights, order of rows, noise and the masks of {@link SeededDropout} follow from the seeds,
 * so that trainings side by side learn what they would learn alone; DJL's own {@code Dropout} breaks that.
 *
 * <p>Parameters that are initialized already keep their values (transfer learning), those that do not require a gradient
 * stay as they are, and batch normalisation keeps its running statistics, which are part of weights and state. What the
 * block holds itself is not changed: take {@link #weights()}, and put them into a {@link TrainedNetwork}. A block is in one
 * learner at a time. A batch of a single row is passed over where the block has running statistics, as one row has no
 * variance. Averaged weights (EMA) start from the first step's, and running statistics are not averaged.
 */
public final class BlockLearner implements Learner {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Block block;
    private final TrainingSettings settings;
    private final NDManager manager;
    private final GradientTape tape;
    private final DeviceRows rows;
    private final BlockForward forward;
    private final boolean ownsParameters;
    private final BlockWeights weights;
    private final WeightUpdate update;
    private final List<SeededDropout> dropouts;
    private final ArrayLoss loss;
    private @Nullable NDArray average;
    private long steps;

    private BlockLearner(
            Block block, NetworkData training, NetworkData evaluation, TrainingSettings settings, Engine engine) {
        this.block = block;
        this.settings = settings;
        this.loss = new ArrayLoss(settings.loss());
        this.tape = CollectorTape.of(engine);
        this.dropouts = SeededDropout.below(block);
        this.manager = engine.newBaseManager(device(settings, engine));
        this.ownsParameters = !block.isInitialized();
        try {
            BlockInputs.initialize(block, manager, training.forms(), settings.seed());
            this.weights = new BlockWeights(block, manager);
            this.update = new WeightUpdate(
                    settings.update(),
                    manager,
                    weights.vector().size(),
                    weights.factors(settings.groups(), ParameterGroup::rateFactor),
                    weights.factors(settings.groups(), ParameterGroup::decayFactor));
            this.average = settings.averaging() == 0
                    ? null
                    : manager.create(weights.vector().toFloatArray());
            this.rows = new DeviceRows(training, settings.noise(), manager);
            this.forward = new BlockForward(block, weights, evaluation, manager);
            Targets targets =
                    training.targets().orElseThrow(() -> new DataException("The training rows have no targets."));
            targets.requireFit(settings.loss(), tape.compute(() -> forward.width(training)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Without rows to evaluate; {@link #of(Block, NetworkData, NetworkData, TrainingSettings)} tells the rest. */
    public static BlockLearner of(Block block, NetworkData training, TrainingSettings settings) {
        return of(block, training, training.subset(), settings);
    }

    /**
     * Brings data and weights onto the device.
     *
     * @param block takes the inputs in their order and gives one array, rows x outputs; not to be used elsewhere until the
     *     learner is closed
     * @param training rows with targets that suit the loss
     * @param evaluation rows of the same form; their targets are not looked at
     * @throws org.autotuner.error.FamilyUnavailableException if PyTorch's native library is missing
     * @throws DataException if shapes, labels or kinds of targets do not fit the block and the loss
     * @throws OptionException if the settings ask for what the device or DJL's public interface does not offer
     */
    public static BlockLearner of(
            Block block, NetworkData training, NetworkData evaluation, TrainingSettings settings) {
        if (!evaluation.forms().equals(training.forms())) {
            throw new DataException("Training rows have the form %s, but evaluation rows %s."
                    .formatted(training.forms(), evaluation.forms()));
        }
        boolean hasCodes = training.forms().stream().anyMatch(form -> form.codes() > 0);
        if (settings.mixup() > 0 && hasCodes) {
            throw new OptionException("mixup cannot mix inputs of codes. Set it to 0.");
        }
        return new BlockLearner(block, training, evaluation, settings, Devices.engine());
    }

    private static Device device(TrainingSettings settings, Engine engine) {
        Device device = Devices.of(settings.device(), engine);
        if (settings.mixedPrecision() && device.isGpu()) {
            throw new OptionException(
                    "mixedPrecision is not possible for a block of one's own: DJL's conversions of types"
                            + " have no gradient. Set it to false.");
        }
        return device;
    }

    @Override
    public int members() {
        return 1;
    }

    @Override
    public int rows() {
        return rows.count();
    }

    /** 1 on a CPU; on a GPU 16, as reading a loss waits for the device. */
    @Override
    public int stepsAtOnce() {
        return manager.getDevice().isGpu() ? 16 : 1;
    }

    @Override
    public double train(StepPlan plan) {
        int[] order = rows.require(plan);
        return tape.compute(() -> {
            try (NDArray total = manager.create(0f)) {
                int counted = 0;
                for (int step = 0; step < plan.steps(); step++) {
                    int first = step * plan.batch();
                    int end = Math.min(order.length, first + plan.batch());
                    if (end - first == 1 && weights.hasStatistics()) {
                        continue;
                    }
                    SplittableRandom random = new SplittableRandom(plan.seed() + step * GOLDEN);
                    step(java.util.Arrays.copyOfRange(order, first, end), plan, step, random, total);
                    counted++;
                }
                return counted == 0 ? 0 : (double) total.getFloat() / counted;
            }
        });
    }

    private void step(int[] batch, StepPlan plan, int number, SplittableRandom random, NDArray total) {
        double share = plan.mix(number);
        double regularization = plan.regularization(number);
        try (NDManager step = manager.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            DeviceRows.Batch some = rows.gather(step, batch, share, random.split());
            dropouts.forEach(dropout -> dropout.prepare(random.split(), regularization));
            NDArray leaf = weights.vector().duplicate();
            leaf.attach(step);
            leaf.setRequiresGradient(true);
            NDArray value = tape.differentiate(() -> {
                BlockWeights.Store store = weights.store(step, leaf); // its views are part of what is recorded
                NDArray outputs = forward.through(store, some.inputs(), true);
                if (steps == 0) {
                    requireRead(store);
                }
                return some.loss(loss, outputs);
            });
            total.addi(value.stopGradient());
            NDArray gradient = leaf.getGradient();
            if (settings.clipNorm() > 0) {
                clip(gradient);
            }
            steps++;
            update.apply(weights.vector(), gradient, plan.rates()[number], regularization, steps);
            if (average != null) {
                double kept = steps == 1 ? 0 : settings.averaging();
                average.muli(kept).addi(weights.vector().mul(1 - kept));
            }
        }
    }

    /** As PyTorch's {@code clip_grad_norm_}. */
    private void clip(NDArray gradient) {
        NDArray norm = gradient.square().sum().sqrt();
        gradient.muli(norm.add(1e-6).pow(-1).mul(settings.clipNorm()).minimum(1));
    }

    private static void requireRead(BlockWeights.Store store) {
        store.unread().ifPresent(name -> {
            throw new DataException(
                    ("The network does not use its parameter '%s' through DJL's ParameterStore, so it would"
                                    + " not be trained. Read it by parameterStore.getValue, or freeze it.")
                            .formatted(name));
        });
    }

    @Override
    public float[] outputs() {
        return tape.compute(() -> forward.outputs(evaluated(), Math.max(settings.batch(), 256)));
    }

    private NDArray evaluated() {
        return average == null ? weights.vector() : average;
    }

    @Override
    public Weights weights() {
        return weights.toWeights(evaluated().toFloatArray());
    }

    /** What each array of {@link #weights()} is: DJL's name of the parameter. */
    public List<String> parameters() {
        return weights.names();
    }

    @Override
    public void restore(Weights given) {
        weights.set(given);
        if (average != null) {
            average.close();
            average = manager.create(weights.vector().toFloatArray());
        }
    }

    @Override
    public LearnerState state() {
        List<float[]> arrays = new ArrayList<>();
        arrays.add(weights.vector().toFloatArray());
        arrays.addAll(weights.fixed());
        arrays.addAll(update.memory());
        if (average != null) {
            arrays.add(average.toFloatArray());
        }
        return new LearnerState(arrays, steps);
    }

    @Override
    public void resume(LearnerState state) {
        List<float[]> arrays = state.arrays();
        int fixed = 1 + weights.fixedCount();
        int moments = fixed + update.moments();
        if (arrays.size() != moments + (average == null ? 0 : 1)
                || arrays.get(0).length != weights.vector().size()) {
            throw new DataException("The state is that of another network, or of another update rule.");
        }
        weights.setVector(arrays.get(0));
        weights.setFixed(arrays.subList(1, fixed));
        update.restore(arrays.subList(fixed, moments));
        if (average != null) {
            average.close();
            average = manager.create(arrays.get(moments));
        }
        steps = state.steps();
    }

    @Override
    public void close() {
        if (ownsParameters) {
            block.clear();
        }
        manager.close();
    }
}
