package org.autotuner.models.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autotuner.model.DataShape;
import org.autotuner.models.torch.Planes;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.ImageBlock;
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
 * A ResNet that begins with {@link ImageWeights} of the user: its last layer alone is trained, or its last stage with it, or all,
 * the latter at a tenth of the rate. Pixels are scaled as for ImageNet. Not found by itself: pass it to the builder's
 * {@code family}. Thread-safe; its results depend on its arguments and the weights alone.
 */
public final class PretrainedResNetFamily extends ImageFamily {

    /** What learns. */
    static final OrdinalParameter<String> TRAINED = Parameter.ordinal("trained", "head", "last", "all");

    static final RealParameter RATE =
            Parameter.reals("learning_rate", 1e-4, 3e-2).log().withDefault(3e-3);
    static final RealParameter DECAY =
            Parameter.reals("weight_decay", 1e-5, 0.3).log().withDefault(0.01);

    private static final double BODY_RATE = 0.1;
    private static final List<Float> MEANS = List.of(0.485f, 0.456f, 0.406f);
    private static final List<Float> FACTORS = List.of(1 / 0.229f, 1 / 0.224f, 1 / 0.225f);
    private static final List<Float> GREY_MEAN = List.of(0.449f);
    private static final List<Float> GREY_FACTOR = List.of(1 / 0.226f);

    private static final SearchSpace SPACE = SearchSpace.of(
            TRAINED, RATE, DECAY, DROPOUT, EPOCHS, BATCH, SIDE, AUGMENTATION, FLIP, RAND_STRENGTH, MIX, MIX_ALPHA);

    private final ImageWeights weights;

    /** A family that begins with these weights. */
    public PretrainedResNetFamily(ImageWeights weights) {
        this.weights = weights;
    }

    @Override
    public String id() {
        return "pretrained-resnet";
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults =
                SPACE.defaults().with(EPOCHS, 12).with(BATCH, 32).with(SIDE, 96).with(FLIP, "yes");
        return List.of(
                defaults,
                defaults.with(TRAINED, "last").with(RATE, 1e-3),
                defaults.with(TRAINED, "all").with(RATE, 3e-3));
    }

    /** Stages that keep their weights, the first convolution being one, too. */
    private int frozen(Configuration configuration) {
        return switch (configuration.get(TRAINED)) {
            case "head" -> weights.stages() + 1;
            case "last" -> weights.stages();
            default -> 0;
        };
    }

    @Override
    Architecture.Body body(Configuration configuration, Frame frame) {
        return weights.body(frame, frozen(configuration));
    }

    @Override
    Planes planes(FeatureMatrix features, ImageBlock block) {
        boolean isGrey = block.channels() == 1;
        return new Planes(
                block.channels(),
                block.height(),
                block.width(),
                isGrey ? GREY_MEAN : MEANS,
                isGrey ? GREY_FACTOR : FACTORS);
    }

    @Override
    TrainingSettings settings(Configuration configuration, TrainingSettings base) {
        List<ParameterGroup> groups = new ArrayList<>();
        groups.add(new ParameterGroup("fc", 1, 1));
        int frozen = frozen(configuration);
        if (frozen == 0) {
            groups.add(new ParameterGroup(".", BODY_RATE, 1));
        } else {
            if (frozen == weights.stages()) {
                groups.add(new ParameterGroup("layer" + weights.stages(), 1, 1));
            }
            groups.add(new ParameterGroup(".", 0, 0)); // every name has a point
        }
        return base.withGroups(groups)
                .withRate(configuration.get(RATE))
                .withSchedule(Schedule.oneCycle())
                .withUpdate(new UpdateRule.AdamW(0.9, 0.99, 1e-5, configuration.getOrDefault(DECAY)));
    }

    @Override
    Optional<Configuration> smaller(Configuration configuration) {
        int side = configuration.get(SIDE);
        if (side > 32) {
            return Optional.of(configuration.with(SIDE, side > 64 ? 64 : 32));
        }
        return configuration.get(TRAINED).equals("head")
                ? Optional.empty()
                : Optional.of(
                        configuration.with(TRAINED, configuration.get(TRAINED).equals("all") ? "last" : "head"));
    }
}
