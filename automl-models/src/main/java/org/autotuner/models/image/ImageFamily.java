package org.autotuner.models.image;

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
import org.autotuner.models.torch.Planes;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.ImageBlock;
import org.autotuner.prepare.ImagePreparation;
import org.autotuner.prepare.ImageSize;
import org.autotuner.prepare.Preparation;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.task.Task;
import org.autotuner.train.Loss;
import org.autotuner.train.ParameterGroup;
import org.autotuner.train.TorchLibrary;
import org.autotuner.train.TrainingSettings;

/**
 * What families of networks over images share. They read the pixels of the first image column only; other columns are the
 * business of other families, and the ensemble joins them. Below {@value #FEW_EPOCHS} epochs no image is changed: there is no
 * time to see enough of them.
 */
abstract class ImageFamily implements ModelFamily {

    static final IntParameter EPOCHS = Parameter.ints("epochs", 3, 200).log().withDefault(30);
    static final OrdinalParameter<Integer> BATCH =
            Parameter.ordinal("batch", 16, 32, 64, 128, 256).withDefault(64);
    /** Longest side that images are given. */
    static final OrdinalParameter<Integer> SIDE =
            Parameter.ordinal("side", 32, 48, 64, 96, 128).withDefault(32);

    static final RealParameter DROPOUT = Parameter.reals("dropout", 0, 0.5).withDefault(0.1);
    /** How images are changed: basic moves them a little, the others are policies on top of that. */
    static final ChoiceParameter<String> AUGMENTATION = Parameter.choice(
            "augmentation", "basic", "none", "trivial", "rand", "auto-cifar10", "auto-svhn", "auto-imagenet");

    static final OrdinalParameter<String> FLIP = Parameter.ordinal("flip", "no", "yes");
    /** Strength of RandAugment's two operations. */
    static final IntParameter RAND_STRENGTH =
            Parameter.ints("rand_strength", 3, 15).withDefault(9);
    /** How two images are mixed. */
    static final ChoiceParameter<String> MIX = Parameter.choice("mix", "none", "mixup", "cutmix");

    static final RealParameter MIX_ALPHA =
            Parameter.reals("mix_alpha", 0.1, 1).log().withDefault(0.4);

    static final int FEW_EPOCHS = 10;

    private static final double TIME_FACTOR = 3;
    private static final double SECONDS_PER_STEP = 1e-3;
    private static final double PRODUCTS_PER_SECOND = 1.2e10;
    private static final long ENGINE_BYTES = 300L << 20;
    private static final int RAND_OPERATIONS = 2;

    /** Shares of the training after which it is measured. */
    private static final double[] MEASURED = {0.5, 0.75, 1};

    private final EngineStart engine = new EngineStart();

    /** The network between image and last layer. */
    abstract Architecture.Body body(Configuration configuration, Frame frame);

    /** What the family adds to the settings: rate, schedule, update. */
    abstract TrainingSettings settings(Configuration configuration, TrainingSettings base);

    /** The next cheaper network of this kind, for a share in which too few epochs of this one fit; empty if there is none. */
    abstract Optional<Configuration> smaller(Configuration configuration);

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
        Optional<String> missing = TorchLibrary.here().problem();
        if (missing.isPresent()) {
            return missing;
        }
        return shape.image() == null ? Optional.of("There is no image column.") : Optional.empty();
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return new ImagePreparation(configuration.get(SIDE));
    }

    /** The frame that images of this shape are given. */
    static Frame frame(Configuration configuration, DataShape shape) {
        ImageSize typical = shape.image() == null ? new ImageSize(8, 8, 1) : shape.image();
        ImageSize size = new ImagePreparation(configuration.get(SIDE)).size(typical);
        return new Frame(size.channels(), size.height(), size.width());
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        Frame frame = frame(configuration, shape);
        double products = body(configuration, frame).products();
        double batch = configuration.get(BATCH);
        double steps = configuration.get(EPOCHS) * Math.ceil(shape.rows() / batch);
        double seconds = steps * (SECONDS_PER_STEP + 3 * batch * products / PRODUCTS_PER_SECOND);
        long bytes = ENGINE_BYTES + 16L * shape.rows() * frame.size() + (long) (batch * Math.sqrt(products) * 400);
        return engine.cost(seconds, bytes);
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        if (Double.isInfinite(context.secondsShare())) {
            return configuration;
        }
        return new ImageShare(this, data, context).adapt(configuration);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        NetworkGoal goal = NetworkGoal.of(data, context.metric());
        ImageDesign design = design(configuration, data.features(), data.rows(), goal);
        FittedModel model = fit(data, design.withSeed(context.seed()), goal, context);
        engine.over();
        return model;
    }

    private static FittedModel fit(TrainingData data, ImageDesign design, NetworkGoal goal, FitContext context) {
        return new MeasuredTraining(data, design.settings(), goal, context, MEASURED)
                .run(
                        evaluated -> design.learner(data, goal, evaluated),
                        1,
                        networks -> ImageExport.of(design, goal, networks.get(0)));
    }

    /** The network and its training for these images and as many rows. */
    ImageDesign design(Configuration configuration, FeatureMatrix features, int rows, NetworkGoal goal) {
        ImageBlock block = features.images().get(0);
        Frame frame = ImageDesign.frame(block);
        Augmentation augmentation = augmentation(configuration, frame);
        boolean isMixed = !configuration.getOrDefault(MIX).equals("none");
        TrainingSettings base = TrainingSettings.of(loss(goal))
                .withEpochs(configuration.get(EPOCHS))
                .withBatch(batch(configuration.get(BATCH), rows))
                .withMixup(isMixed ? configuration.getOrDefault(MIX_ALPHA) : 0)
                .withGroups(List.of(
                        new ParameterGroup("bn", 1, 0),
                        new ParameterGroup("downsample.1", 1, 0),
                        new ParameterGroup("bias", 1, 0)));
        return ImageDesign.of(
                block,
                planes(features, block),
                body(configuration, frame),
                configuration.getOrDefault(DROPOUT),
                goal.outputs(),
                settings(configuration, base),
                augmentation);
    }

    /** How pixels are moved and scaled: by the training rows' means and deviations. */
    Planes planes(FeatureMatrix features, ImageBlock block) {
        return ImageDesign.scaling(features, block);
    }

    /** Smoothed labels help where wrong labels are counted, and hurt where probabilities are. */
    private static Loss loss(NetworkGoal goal) {
        return goal.loss(goal.countsErrors() ? 0.1 : 0);
    }

    /** At most an eighth of the rows, so that an epoch has some steps. */
    private static int batch(int wanted, int rows) {
        int batch = wanted;
        while (batch > 16 && batch > rows / 8) {
            batch /= 2;
        }
        return batch;
    }

    static Augmentation augmentation(Configuration configuration, Frame frame) {
        String name = configuration.getOrDefault(AUGMENTATION);
        Policy policy =
                switch (name) {
                    case "trivial" -> new Policy.Trivial();
                    case "rand" -> new Policy.Rand(RAND_OPERATIONS, configuration.getOrDefault(RAND_STRENGTH));
                    case "auto-cifar10" -> new Policy.Auto(AutoAugmentTable.cifar10());
                    case "auto-svhn" -> new Policy.Auto(AutoAugmentTable.svhn());
                    case "auto-imagenet" -> new Policy.Auto(AutoAugmentTable.imageNet());
                    default -> new Policy.None();
                };
        boolean isChanged = !name.equals("none");
        boolean isFlipped = isChanged && configuration.getOrDefault(FLIP).equals("yes");
        boolean isCut = configuration.getOrDefault(MIX).equals("cutmix");
        return new Augmentation(frame, isChanged, isFlipped, policy, isCut);
    }
}
