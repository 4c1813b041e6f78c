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
 * The small network of convolutions of 3 x 3 in stages, trained by AdamW under a one-cycle schedule: good within seconds on
 * images of up to some thousand rows. Thread-safe; its results depend on its arguments alone.
 */
public final class CnnFamily extends ImageFamily {

    /** Channels of the first stage. */
    static final OrdinalParameter<Integer> BASE =
            Parameter.ordinal("channels", 8, 12, 16, 24, 32).withDefault(16);
    /** Convolutions in each stage but the first. */
    static final OrdinalParameter<Integer> DEPTH = Parameter.ordinal("depth", 1, 2, 3);

    static final RealParameter RATE =
            Parameter.reals("learning_rate", 5e-4, 3e-2).log().withDefault(6e-3);
    static final RealParameter DECAY =
            Parameter.reals("weight_decay", 1e-5, 0.3).log().withDefault(0.02);

    private static final int STAGES = 4;

    private static final SearchSpace SPACE = SearchSpace.of(
            BASE, DEPTH, RATE, DECAY, DROPOUT, EPOCHS, BATCH, SIDE, AUGMENTATION, FLIP, RAND_STRENGTH, MIX, MIX_ALPHA);

    @Override
    public String id() {
        return "cnn";
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = SPACE.defaults().with(BATCH, shape.rows() < 2_000 ? 32 : 64);
        return List.of(
                defaults,
                defaults.with(DEPTH, 2).with(FLIP, "yes").with(EPOCHS, 60),
                defaults.with(AUGMENTATION, "trivial").with(DEPTH, 2).with(EPOCHS, 100),
                defaults.with(MIX, "cutmix").with(MIX_ALPHA, 1.0).with(DEPTH, 2).with(EPOCHS, 100),
                defaults.with(AUGMENTATION, "none").with(MIX, "mixup").with(BASE, 24));
    }

    @Override
    Architecture.Body body(Configuration configuration, Frame frame) {
        return Architecture.cnn(frame, configuration.get(BASE), configuration.get(DEPTH), STAGES);
    }

    @Override
    TrainingSettings settings(Configuration configuration, TrainingSettings base) {
        return base.withRate(configuration.get(RATE))
                .withSchedule(Schedule.oneCycle())
                .withUpdate(new UpdateRule.AdamW(0.9, 0.99, 1e-5, configuration.getOrDefault(DECAY)));
    }

    @Override
    Optional<Configuration> smaller(Configuration configuration) {
        if (configuration.get(SIDE) > 32) {
            return Optional.of(configuration.with(SIDE, 32));
        }
        if (configuration.get(DEPTH) > 1) {
            return Optional.of(configuration.with(DEPTH, 1));
        }
        return configuration.get(BASE) > 8 ? Optional.of(configuration.with(BASE, 8)) : Optional.empty();
    }
}
