package org.autotuner.models.neural;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.model.DataShape;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.Activate;
import org.autotuner.models.torch.BatchNorm;
import org.autotuner.models.torch.Dense;
import org.autotuner.models.torch.Dropout;
import org.autotuner.models.torch.Inputs;
import org.autotuner.models.torch.Layer;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.RawNumbers;
import org.autotuner.models.torch.Start;
import org.autotuner.prepare.Feature;
import org.autotuner.prepare.NumericEncoding;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.score.Activation;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.train.Schedule;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.UpdateRule;

/**
 * The cheap network: embeddings of categories, linear layers with ReLU, batch normalisation and dropout, trained by AdamW under
 * a one-cycle schedule. After fastai's tabular model (Howard and Gugger, arXiv 2002.04688); starting points and ranges after
 * AutoGluon's portfolio of 2025. Thread-safe; its results depend on its arguments alone.
 */
public final class MlpFamily extends NetworkFamily {

    static final ChoiceParameter<String> LAYERS =
            Parameter.choice("layers", "200-100-50", "200-100", "400-200", "400-200-100", "128-128-128-128", "200");
    static final RealParameter LEARNING_RATE =
            Parameter.reals("learning_rate", 5e-4, 1e-1).log().withDefault(0.01);
    static final RealParameter DROPOUT = Parameter.reals("dropout", 0, 0.7).withDefault(0.1);
    static final RealParameter EMBEDDING_DROPOUT =
            Parameter.reals("embedding_dropout", 0, 0.7).withDefault(0.1);
    static final RealParameter DECAY =
            Parameter.reals("weight_decay", 1e-6, 0.3).log().withDefault(0.01);
    static final OrdinalParameter<String> NUMBERS = Parameter.ordinal("numbers", "robust", "quantile");

    private static final SearchSpace SPACE =
            SearchSpace.of(LAYERS, LEARNING_RATE, DROPOUT, EMBEDDING_DROPOUT, DECAY, NUMBERS, EPOCHS, BATCH, NETWORKS);

    @Override
    public String id() {
        return "mlp";
    }

    @Override
    public boolean suitsSentences() {
        return true;
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = SPACE.defaults()
                .with(BATCH, shape.rows() < 2_000 ? 64 : 256)
                .with(NETWORKS, shape.rows() <= 10_000 ? 4 : 1);
        return List.of(
                defaults,
                row(defaults, "400-200", 0.00474, 45, 2048, 0.0753, 0.547),
                row(defaults, "200-100-50", 0.0534, 44, 1024, 0.485, 0.617).with(NUMBERS, "quantile"),
                row(defaults, "400-200-100", 0.0216, 49, 128, 0.0055, 0.198),
                row(defaults, "200", 0.058, 48, 128, 0.233, 0.638));
    }

    private static Configuration row(
            Configuration base, String layers, double rate, int epochs, int batch, double dropout, double embedding) {
        return base.with(LAYERS, layers)
                .with(LEARNING_RATE, rate)
                .with(EPOCHS, epochs)
                .with(BATCH, batch)
                .with(DROPOUT, dropout)
                .with(EMBEDDING_DROPOUT, embedding);
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        PreparationPlan plan = PreparationPlan.forNetworks();
        return configuration.getOrDefault(NUMBERS).equals("quantile")
                ? plan.withNumeric(NumericEncoding.QUANTILE)
                : plan;
    }

    private static int[] widths(Configuration configuration) {
        return Arrays.stream(configuration.get(LAYERS).split("-"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    @Override
    long weights(Configuration configuration, int inputs, int outputs) {
        long weights = 0;
        int before = inputs;
        for (int width : widths(configuration)) {
            weights += (long) before * width;
            before = width;
        }
        return weights + (long) before * outputs;
    }

    @Override
    NetworkDesign design(Configuration configuration, List<Feature> features, TrainingData data, NetworkGoal goal) {
        NetworkInputs inputs = NetworkInputs.of(features, MlpFamily::embeddingWidth);
        List<Layer> layers = new ArrayList<>();
        layers.add(new Inputs(
                inputs.numbers().length,
                new RawNumbers(),
                inputs.tables(),
                configuration.getOrDefault(EMBEDDING_DROPOUT)));
        int before = inputs.width(1);
        int number = 0;
        for (int width : widths(configuration)) {
            number++;
            // He and others, arXiv 1502.01852; no bias at first
            Start start = Start.uniform(Math.sqrt(6.0 / before));
            layers.add(new Dense("layer" + number, width, 1, start, Start.constant(0)));
            layers.add(new Activate(Activation.RELU, ""));
            layers.add(new BatchNorm("norm" + number));
            layers.add(new Dropout(configuration.getOrDefault(DROPOUT)));
            before = width;
        }
        layers.add(
                new Dense("last", goal.outputs(), 1, Start.uniform(0.1 * Math.sqrt(3.0 / before)), Start.constant(0)));
        TrainingSettings settings = settings(configuration, data, goal)
                .withRate(configuration.get(LEARNING_RATE))
                .withSchedule(Schedule.oneCycle())
                .withUpdate(new UpdateRule.AdamW(0.9, 0.99, 1e-5, configuration.getOrDefault(DECAY)));
        return NetworkDesign.of(inputs, layers, goal.outputs(), 1, configuration.getOrDefault(NETWORKS), settings);
    }

    /** fastai's rule, up to 64, rounded to a multiple of four so that tables can be shared. */
    private static int embeddingWidth(int levels) {
        double width = Math.min(64, 1.6 * Math.pow(levels, 0.56));
        return (int) Math.max(4, 4 * Math.round(width / 4));
    }
}
