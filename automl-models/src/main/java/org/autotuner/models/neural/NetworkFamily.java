package org.autotuner.models.neural;

import java.util.List;
import java.util.Optional;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.EngineStart;
import org.autotuner.models.torch.MeasuredTraining;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.prepare.Feature;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.task.Task;
import org.autotuner.train.TorchLibrary;
import org.autotuner.train.TrainingSettings;

/**
 * What families of networks share: they are made concrete by a {@link NetworkDesign}, adapted to the share of the budget that
 * a fit is granted (see {@link NetworkShare}), trained by a script and turned into plain Java.
 */
abstract class NetworkFamily implements ModelFamily {

    static final IntParameter EPOCHS = Parameter.ints("epochs", 3, 256).log().withDefault(30);
    static final OrdinalParameter<Integer> BATCH =
            Parameter.ordinal("batch", 32, 64, 128, 256, 512, 1024, 2048).withDefault(256);
    /** Networks of different seeds, trained as one program and averaged. */
    static final OrdinalParameter<Integer> NETWORKS = Parameter.ordinal("networks", 1, 2, 4, 8);

    private static final int NUMBERS_PER_TEXT = 74;
    private static final int LEAST_EPOCHS = 3;
    private static final double TIME_FACTOR = 2.5;
    private static final double SECONDS_PER_STEP = 3e-4;
    private static final double PRODUCTS_PER_SECOND = 2.5e10;
    private static final long ENGINE_BYTES = 250L << 20;

    /** Shares of the training after which it is measured. */
    private static final double[] MEASURED = {0.3, 0.45, 0.6, 0.75, 0.9, 1};

    private final EngineStart engine = new EngineStart();

    /** The network and its training for these features and as many rows. */
    abstract NetworkDesign design(
            Configuration configuration, List<Feature> features, TrainingData data, NetworkGoal goal);

    /** Products per row of one network, all its members together, where the inputs are so wide. */
    abstract long weights(Configuration configuration, int inputs, int outputs);

    /** The next cheaper network of this kind, for a share in which too few epochs of this one fit; empty if there is none. */
    Optional<Configuration> smaller(Configuration configuration) {
        return Optional.empty();
    }

    /** Epochs below which a network of this kind is not worth its time. */
    int leastEpochs() {
        return LEAST_EPOCHS;
    }

    @Override
    public double timeFactor(DataShape shape) {
        return TIME_FACTOR;
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    @Override
    public Optional<String> unavailable() {
        return TorchLibrary.here().problem();
    }

    @Override
    public Optional<String> unsuitable(DataShape shape) {
        return TorchLibrary.here().problem();
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        int inputs = 1
                + shape.numericColumns()
                + NUMBERS_PER_TEXT * shape.textColumns()
                + Math.min(shape.levels(), 12 * shape.categoricalColumns());
        long weights = weights(configuration, inputs, shape.task().outputs());
        double batch = configuration.get(BATCH);
        double steps = configuration.get(EPOCHS) * Math.ceil(shape.rows() / batch);
        double products = 6.0 * batch * weights * configuration.getOrDefault(NETWORKS);
        double seconds = steps * (SECONDS_PER_STEP + products / PRODUCTS_PER_SECOND);
        long bytes = ENGINE_BYTES + 8L * shape.rows() * inputs + 40L * weights;
        return engine.cost(seconds, bytes);
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        if (Double.isInfinite(context.secondsShare())) {
            return configuration;
        }
        return new NetworkShare(this, data, context).adapt(configuration);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        NetworkGoal goal = NetworkGoal.of(data, context.metric());
        NetworkDesign design = design(configuration, data.features().features(), data, goal);
        FittedModel model = fit(data, design.withSeed(context.seed()), goal, context);
        engine.over();
        return model;
    }

    private static FittedModel fit(TrainingData data, NetworkDesign design, NetworkGoal goal, FitContext context) {
        return new MeasuredTraining(data, design.settings(), goal, context, MEASURED)
                .run(
                        evaluated -> design.learner(data, goal, evaluated),
                        design.parts(),
                        networks -> NetworkExport.together(design, goal, networks));
    }

    /** What all have: loss, epochs and batch; a batch holds at most a quarter of the rows. */
    static TrainingSettings settings(Configuration configuration, TrainingData data, NetworkGoal goal) {
        int batch = configuration.get(BATCH);
        while (batch > 16 && batch > data.rows() / 4) {
            batch /= 2;
        }
        return TrainingSettings.of(goal.loss())
                .withEpochs(configuration.get(EPOCHS))
                .withBatch(batch);
    }
}
