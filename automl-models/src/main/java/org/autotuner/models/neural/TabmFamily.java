package org.autotuner.models.neural;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.autotuner.model.DataShape;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.Activate;
import org.autotuner.models.torch.Dense;
import org.autotuner.models.torch.Dropout;
import org.autotuner.models.torch.Inputs;
import org.autotuner.models.torch.Layer;
import org.autotuner.models.torch.MemberHeads;
import org.autotuner.models.torch.MemberScale;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.NumberLayer;
import org.autotuner.models.torch.PiecewiseNumbers;
import org.autotuner.models.torch.RawNumbers;
import org.autotuner.models.torch.Start;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.NumericEncoding;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.score.Activation;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.train.Schedule;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.UpdateRule;

/**
 * TabM-mini (Gorishniy, Kotelnikov, Babenko, arXiv 2410.24210): members that differ in a scaling of the inputs and in their
 * heads share one body, and each learns by its own loss; piecewise-linear embeddings of numbers. Members, width and bins are
 * smaller than published, for two cores. Thread-safe; its results depend on its arguments alone.
 */
public final class TabmFamily extends NetworkFamily {

    static final OrdinalParameter<Integer> MEMBERS =
            Parameter.ordinal("members", 4, 8, 16, 32).withDefault(8);
    static final OrdinalParameter<Integer> WIDTH =
            Parameter.ordinal("width", 64, 128, 192, 256, 512).withDefault(192);
    static final IntParameter DEPTH = Parameter.ints("depth", 1, 4).withDefault(2);
    static final RealParameter LEARNING_RATE =
            Parameter.reals("learning_rate", 3e-4, 1e-2).log().withDefault(0.002);
    static final RealParameter DROPOUT = Parameter.reals("dropout", 0, 0.5).withDefault(0.1);
    static final RealParameter DECAY =
            Parameter.reals("weight_decay", 1e-5, 0.1).log().withDefault(3e-4);
    /** Bins per number; 0 for numbers as they are. */
    static final OrdinalParameter<Integer> BINS =
            Parameter.ordinal("bins", 0, 8, 16, 32, 48).withDefault(16);

    private static final SearchSpace SPACE =
            SearchSpace.of(MEMBERS, WIDTH, DEPTH, LEARNING_RATE, DROPOUT, DECAY, BINS, EPOCHS.withDefault(48), BATCH);

    private static final int LEAST_EPOCHS = 20;
    private static final int LEAST_MEMBERS = 8;
    private static final int LEAST_WIDTH = 128;
    private static final int EMBEDDING_SIZE = 12;
    private static final int CATEGORY_WIDTH = 8;
    private static final int JUDGED_ROWS = 10_000;

    @Override
    public String id() {
        return "tabm";
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = SPACE.defaults().with(BATCH, batch(shape.rows()));
        return List.of(
                defaults,
                defaults.with(BINS, 0).with(DEPTH, 3).with(LEARNING_RATE, 0.003),
                defaults.with(BINS, 32).with(WIDTH, 256).with(MEMBERS, 16));
    }

    /** The paper's rule by rows. */
    private static int batch(int rows) {
        return rows <= 2_800
                ? 32
                : rows <= 4_500 ? 64 : rows <= 6_400 ? 128 : rows <= 32_000 ? 256 : rows <= 108_000 ? 512 : 1024;
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return PreparationPlan.forNetworks().withNumeric(NumericEncoding.QUANTILE);
    }

    @Override
    long weights(Configuration configuration, int inputs, int outputs) {
        long width = configuration.get(WIDTH);
        int perNumber = configuration.getOrDefault(BINS) > 0 ? EMBEDDING_SIZE : 1;
        long body =
                (long) inputs * perNumber * width + (configuration.get(DEPTH) - 1) * width * width + width * outputs;
        return body * configuration.get(MEMBERS);
    }

    @Override
    int leastEpochs() {
        return LEAST_EPOCHS;
    }

    @Override
    Optional<Configuration> smaller(Configuration configuration) {
        int members = configuration.get(MEMBERS);
        int width = configuration.get(WIDTH);
        if (members > LEAST_MEMBERS) {
            return Optional.of(configuration.with(MEMBERS, members / 2));
        }
        return width > LEAST_WIDTH
                ? Optional.of(configuration.with(WIDTH, width > 256 ? 256 : LEAST_WIDTH))
                : Optional.empty();
    }

    @Override
    NetworkDesign design(Configuration configuration, List<Feature> features, TrainingData data, NetworkGoal goal) {
        NetworkInputs inputs = NetworkInputs.of(features, levels -> CATEGORY_WIDTH);
        int bins = configuration.getOrDefault(BINS);
        NumberLayer numbers = bins > 0 && inputs.numbers().length > 0
                ? new PiecewiseNumbers(edges(data.features(), inputs.numbers(), bins), EMBEDDING_SIZE, true)
                : new RawNumbers();
        int members = configuration.get(MEMBERS);
        List<Layer> layers = new ArrayList<>();
        layers.add(new Inputs(inputs.numbers().length, numbers, inputs.tables(), 0));
        layers.add(new MemberScale("scaling", members, bins > 0 ? Start.normal(1) : Start.signs()));
        int before = inputs.width(numbers.width());
        int width = configuration.get(WIDTH);
        for (int layer = 1; layer <= configuration.get(DEPTH); layer++) {
            layers.add(Dense.uniform("layer" + layer, before, width));
            layers.add(new Activate(Activation.RELU, ""));
            layers.add(new Dropout(configuration.getOrDefault(DROPOUT)));
            before = width;
        }
        layers.add(new MemberHeads("heads", members, goal.outputs()));
        TrainingSettings settings = settings(configuration, data, goal)
                .withRate(configuration.get(LEARNING_RATE))
                .withSchedule(Schedule.flatCosine())
                .withClipNorm(1)
                .withUpdate(UpdateRule.adamW(configuration.getOrDefault(DECAY)));
        return NetworkDesign.of(inputs, layers, goal.outputs(), members, 1, settings);
    }

    /** Quantiles of each number, without repetitions. */
    private static float[][] edges(FeatureMatrix features, int[] numbers, int bins) {
        int rows = Math.min(features.rows(), JUDGED_ROWS);
        float[][] edges = new float[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            float[] values = new float[rows];
            for (int row = 0; row < rows; row++) {
                float value = features.at((int) ((long) row * features.rows() / rows), numbers[i]);
                values[row] = Float.isFinite(value) ? value : 0;
            }
            Arrays.sort(values);
            edges[i] = distinct(values, Math.min(bins, rows - 1));
        }
        return edges;
    }

    private static float[] distinct(float[] sorted, int bins) {
        float[] edges = new float[bins + 1];
        int count = 0;
        for (int edge = 0; edge <= bins; edge++) {
            float value = sorted[(int) ((long) edge * (sorted.length - 1) / bins)];
            if (count == 0 || value - edges[count - 1] > 1e-6f * (1 + Math.abs(value))) {
                edges[count++] = value;
            }
        }
        return count >= 2 ? Arrays.copyOf(edges, count) : new float[] {sorted[0], sorted[0] + 1};
    }
}
