package org.autotuner.models.image;

import java.util.List;
import java.util.Optional;
import org.autotuner.model.DataShape;
import org.autotuner.space.Configuration;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.train.Schedule;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.UpdateRule;

/**
 * ResNets of basic blocks (He and others, arXiv 1512.03385) from scratch: 8 and 20 layers of 16, 32 and 64 channels for small
 * images and budgets, 18 and 34 of 64 to 512 channels, which begin with 3 x 3 for images of up to 64 pixels. Stochastic gradient
 * descent with Nesterov's momentum, warm-up and cosine, a rate of 0.1 for 256 rows, weight decay 5e-4 but not of norms and
 * biases; in fewer than 40 epochs AdamW under a one-cycle schedule at a fiftieth of the rate instead, which learns sooner. Thread-safe; its results depend on its arguments alone.
 */
public final class ResNetFamily extends ImageFamily {

    static final OrdinalParameter<Integer> LAYERS = Parameter.ordinal("layers", 8, 20, 18, 34);
    /** Learning rate for batches of 256. */
    static final RealParameter RATE =
            Parameter.reals("learning_rate", 0.01, 1).log().withDefault(0.2);

    static final RealParameter DECAY =
            Parameter.reals("weight_decay", 1e-5, 5e-3).log().withDefault(5e-4);

    private static final int SMALL_CHANNELS = 16;
    private static final int CHANNELS = 64;
    private static final int LARGE_SIDE = 64;
    private static final double TIME_FACTOR = 6;
    /** From so many on plain gradient descent has time to do better. */
    private static final int MANY_EPOCHS = 40;

    private static final double ADAPTIVE_SHARE = 0.02;
    private static final double ADAPTIVE_DECAY = 0.02;

    private static final SearchSpace SPACE = SearchSpace.of(
            LAYERS, RATE, DECAY, DROPOUT, EPOCHS, BATCH, SIDE, AUGMENTATION, FLIP, RAND_STRENGTH, MIX, MIX_ALPHA);

    @Override
    public String id() {
        return "resnet";
    }

    /** It learns more slowly than the small network, and more in the end. */
    @Override
    public double timeFactor(DataShape shape) {
        return TIME_FACTOR;
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = SPACE.defaults().with(DROPOUT, 0.0).with(BATCH, shape.rows() < 2_000 ? 32 : 64);
        return List.of(
                defaults,
                defaults.with(FLIP, "yes").with(EPOCHS, 60),
                defaults.with(LAYERS, 20).with(AUGMENTATION, "trivial").with(EPOCHS, 100),
                defaults.with(LAYERS, 18).with(SIDE, 64).with(FLIP, "yes").with(EPOCHS, 60));
    }

    /** The blocks of each stage. */
    static List<Integer> blocks(int layers) {
        return switch (layers) {
            case 8 -> List.of(1, 1, 1);
            case 20 -> List.of(3, 3, 3);
            case 18 -> List.of(2, 2, 2, 2);
            case 34 -> List.of(3, 4, 6, 3);
            default -> throw new IllegalArgumentException("There is no ResNet-%d here.".formatted(layers));
        };
    }

    @Override
    Architecture.Body body(Configuration configuration, Frame frame) {
        List<Integer> blocks = blocks(configuration.get(LAYERS));
        boolean isSmall = blocks.size() == 3;
        boolean isLarge = !isSmall && Math.max(frame.height(), frame.width()) > LARGE_SIDE;
        return Architecture.resNet(frame, isSmall ? SMALL_CHANNELS : CHANNELS, blocks, isLarge, Starts.FRESH, 0);
    }

    @Override
    TrainingSettings settings(Configuration configuration, TrainingSettings base) {
        if (base.epochs() < MANY_EPOCHS) {
            return base.withRate(configuration.get(RATE) * ADAPTIVE_SHARE)
                    .withSchedule(Schedule.oneCycle())
                    .withUpdate(new UpdateRule.AdamW(0.9, 0.99, 1e-5, ADAPTIVE_DECAY));
        }
        double warm = Math.min(0.3, Math.max(0.1, 5.0 / base.epochs()));
        return base.withRate(configuration.get(RATE) * base.batch() / 256)
                .withSchedule(new Schedule.WarmUp(warm, Schedule.cosine()))
                .withClipNorm(5)
                .withUpdate(new UpdateRule.Sgd(0.9, true, configuration.getOrDefault(DECAY)));
    }

    @Override
    Optional<Configuration> smaller(Configuration configuration) {
        int layers = configuration.get(LAYERS);
        if (configuration.get(SIDE) > 32) {
            return Optional.of(configuration.with(SIDE, 32));
        }
        return layers == 8 ? Optional.empty() : Optional.of(configuration.with(LAYERS, layers == 34 ? 18 : 8));
    }
}
