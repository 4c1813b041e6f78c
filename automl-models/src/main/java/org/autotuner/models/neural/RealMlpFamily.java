package org.autotuner.models.neural;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.autotuner.model.DataShape;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.Activate;
import org.autotuner.models.torch.Dense;
import org.autotuner.models.torch.Dropout;
import org.autotuner.models.torch.Inputs;
import org.autotuner.models.torch.Layer;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.NumberLayer;
import org.autotuner.models.torch.PeriodicNumbers;
import org.autotuner.models.torch.RawNumbers;
import org.autotuner.models.torch.Scale;
import org.autotuner.models.torch.Start;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.score.Activation;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.train.ParameterGroup;
import org.autotuner.train.Schedule;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.UpdateRule;

/**
 * RealMLP (Holzmueller, Grinsztajn, Steinwart, arXiv 2407.04491): robustly scaled and smoothly clipped numbers, periodic
 * embeddings, a trained factor per feature, three hidden layers in the NTK parametrisation with parametric activations, Adam
 * with beta2 0.95 under four growing cosine cycles, dropout and decay that fade in the second half, smoothed labels where
 * wrong ones are counted. With {@code numbers = raw} and no dropout it is the paper's simple variant. Thread-safe; its
 * results depend on its arguments alone.
 */
public final class RealMlpFamily extends NetworkFamily {

    static final OrdinalParameter<Integer> WIDTH =
            Parameter.ordinal("width", 64, 128, 192, 256, 384).withDefault(256);
    static final OrdinalParameter<Integer> DEPTH =
            Parameter.ordinal("depth", 1, 2, 3, 4).withDefault(3);
    static final RealParameter LEARNING_RATE =
            Parameter.reals("learning_rate", 5e-3, 0.3).log().withDefault(0.04);
    static final RealParameter DROPOUT = Parameter.reals("dropout", 0, 0.5).withDefault(0.15);
    static final RealParameter DECAY =
            Parameter.reals("weight_decay", 1e-4, 0.2).log().withDefault(0.02);
    static final OrdinalParameter<String> NUMBERS = Parameter.ordinal("numbers", "raw", "periodic");
    static final RealParameter FREQUENCY =
            Parameter.reals("frequency", 0.02, 3).log().withDefault(0.1);
    static final ChoiceParameter<String> ACTIVATION = Parameter.choice("activation", "selu", "mish", "relu", "silu");

    private static final SearchSpace SPACE = SearchSpace.of(
            WIDTH,
            DEPTH,
            LEARNING_RATE,
            DROPOUT,
            DECAY,
            NUMBERS,
            FREQUENCY,
            ACTIVATION,
            EPOCHS.withDefault(128),
            BATCH,
            NETWORKS);

    private static final int LEAST_WIDTH = 128;
    private static final int EMBEDDING_WIDTH = 8;
    private static final int FREQUENCIES = 16;
    private static final int PERIODIC_SIZE = 3;
    /** Where wrong labels are counted: a network that is less sure of its training rows errs on fewer others. */
    private static final double SMOOTHING = 0.1;

    @Override
    public String id() {
        return "realmlp";
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        boolean isClassification = shape.task().isClassification();
        Configuration tuned = SPACE.defaults()
                .with(NUMBERS, "periodic")
                .with(ACTIVATION, isClassification ? "selu" : "mish")
                .with(LEARNING_RATE, isClassification ? 0.04 : 0.2)
                .with(BATCH, batch(shape.rows()))
                .with(NETWORKS, shape.rows() <= 2_000 ? 4 : shape.rows() <= 10_000 ? 2 : 1);
        Configuration simple = tuned.with(NUMBERS, "raw")
                .with(DROPOUT, 0.0)
                .with(DECAY, 1e-4)
                .with(LEARNING_RATE, isClassification ? 0.04 : 0.07)
                .with(EPOCHS, 64);
        return List.of(
                simple,
                tuned,
                tuned.with(WIDTH, 128).with(EPOCHS, 64).with(FREQUENCY, 0.5),
                tuned.with(WIDTH, 384).with(DROPOUT, 0.3).with(FREQUENCY, 0.3));
    }

    /** The paper's rule by rows. */
    private static int batch(int rows) {
        return rows <= 1_024 ? 64 : rows <= 8_192 ? 128 : rows <= 30_000 ? 256 : rows <= 100_000 ? 512 : 1024;
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return PreparationPlan.forNetworks();
    }

    @Override
    long weights(Configuration configuration, int inputs, int outputs) {
        long width = configuration.get(WIDTH);
        int perNumber = configuration.getOrDefault(NUMBERS).equals("periodic") ? PERIODIC_SIZE + 1 : 1;
        return (long) inputs * perNumber * width + (configuration.get(DEPTH) - 1) * width * width + width * outputs;
    }

    @Override
    Optional<Configuration> smaller(Configuration configuration) {
        int width = configuration.get(WIDTH);
        return width <= LEAST_WIDTH
                ? Optional.empty()
                : Optional.of(configuration.with(WIDTH, width > 256 ? 256 : LEAST_WIDTH));
    }

    @Override
    NetworkDesign design(Configuration configuration, List<Feature> features, TrainingData data, NetworkGoal goal) {
        NetworkInputs inputs = NetworkInputs.of(features, levels -> EMBEDDING_WIDTH);
        Activation activation =
                Activation.valueOf(configuration.getOrDefault(ACTIVATION).toUpperCase(Locale.ROOT));
        DataStart start = new DataStart(inputs.rows(sample(data)), inputs, activation);
        NumberLayer numbers = configuration.getOrDefault(NUMBERS).equals("periodic")
                ? new PeriodicNumbers(FREQUENCIES, PERIODIC_SIZE, configuration.getOrDefault(FREQUENCY), start::numbers)
                : new RawNumbers();
        List<Layer> layers = new ArrayList<>();
        layers.add(new Inputs(inputs.numbers().length, numbers, start.tables(), 0));
        layers.add(new Scale("factor"));
        int before = inputs.width(numbers.width());
        int width = configuration.get(WIDTH);
        for (int layer = 1; layer <= configuration.get(DEPTH); layer++) {
            double factor = 1 / Math.sqrt(before);
            layers.add(
                    new Dense("layer" + layer, width, factor, start.weight(layer == 1, width, factor), start.bias()));
            layers.add(new Activate(activation, "blend" + layer));
            layers.add(new Dropout(configuration.getOrDefault(DROPOUT)));
            before = width;
        }
        layers.add(new Dense("last", goal.outputs(), 1 / Math.sqrt(before), Start.constant(0), Start.constant(0)));
        TrainingSettings settings = settings(configuration, data, goal)
                .withLoss(goal.loss(goal.countsErrors() ? SMOOTHING : 0))
                .withRate(configuration.get(LEARNING_RATE))
                .withSchedule(Schedule.cosLog4())
                .withRegularization(Schedule.flatCosine())
                .withUpdate(new UpdateRule.AdamW(0.9, 0.95, 1e-8, configuration.getOrDefault(DECAY)))
                .withGroups(List.of(
                        new ParameterGroup("numbers.", 0.1, 1),
                        new ParameterGroup("factor", 6, 0),
                        new ParameterGroup(".bias", 0.1, 0),
                        new ParameterGroup("blend", 0.1, 0)));
        return NetworkDesign.of(inputs, layers, goal.outputs(), 1, configuration.getOrDefault(NETWORKS), settings);
    }

    /** Rows spread over all. */
    private static FeatureMatrix sample(TrainingData data) {
        int rows = Math.min(data.rows(), DataStart.ROWS);
        int[] chosen = new int[rows];
        java.util.Arrays.setAll(chosen, i -> (int) ((long) i * data.rows() / rows));
        return data.features().select(chosen);
    }
}
