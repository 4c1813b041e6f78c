package org.autotuner.train;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a network is trained. Immutable; each {@code withX} returns a changed copy, and refuses what makes no sense.
 *
 * @param loss what is made small
 * @param epochs passes over the training rows, at least 1
 * @param batch rows per step, at least 1
 * @param rate base learning rate, above 0
 * @param schedule the rate over time
 * @param update how a step changes the weights
 * @param regularization the rates of dropout and weight decay over time, as a factor in [0, 1]
 * @param groups parameters with a rate or decay of their own; the first group that knows a name counts
 * @param clipNorm largest Euclidean norm of a member's whole gradient; 0 for no limit
 * @param averaging decay of the moving average of the weights (EMA) that evaluation uses; 0 for none
 * @param patience epochs without improvement before the training stops; 0 for never
 * @param plateau when to reduce the rate for want of improvement; null for never
 * @param mixup alpha of the beta distribution that rows are mixed by (Zhang and others, arXiv 1710.09412); 0 for none
 * @param noise standard deviation of what is added to number inputs while training; 0 for none
 * @param mixedPrecision whether products are computed in bfloat16 where the device is a GPU
 * @param device where to train
 * @param seed of all randomness
 */
public record TrainingSettings(
        Loss loss,
        int epochs,
        int batch,
        double rate,
        Schedule schedule,
        UpdateRule update,
        Schedule regularization,
        List<ParameterGroup> groups,
        double clipNorm,
        double averaging,
        int patience,
        @Nullable Plateau plateau,
        double mixup,
        double noise,
        boolean mixedPrecision,
        DeviceChoice device,
        long seed) {

    public TrainingSettings {
        groups = List.copyOf(groups);
        Arguments.require(epochs >= 1, "epochs", epochs, "at least 1");
        Arguments.require(batch >= 1, "batch", batch, "at least 1");
        Arguments.require(Arguments.isPositive(rate), "rate", rate, "above 0");
        Arguments.require(Arguments.isAtLeastZero(clipNorm), "clipNorm", clipNorm, "at least 0");
        Arguments.require(averaging >= 0 && averaging < 1, "averaging", averaging, "in [0, 1)");
        Arguments.require(patience >= 0, "patience", patience, "at least 0");
        Arguments.require(Arguments.isAtLeastZero(mixup), "mixup", mixup, "at least 0");
        Arguments.require(Arguments.isAtLeastZero(noise), "noise", noise, "at least 0");
    }

    /** 30 epochs in batches of 256 by AdamW without decay at a constant rate of 0.001, on the CPU. */
    public static TrainingSettings of(Loss loss) {
        return new TrainingSettings(
                loss,
                30,
                256,
                1e-3,
                Schedule.constant(),
                UpdateRule.adamW(0),
                Schedule.constant(),
                List.of(),
                0,
                0,
                0,
                null,
                0,
                0,
                false,
                DeviceChoice.CPU,
                0);
    }

    public TrainingSettings withLoss(Loss given) {
        return with(draft -> draft.loss = given);
    }

    public TrainingSettings withEpochs(int given) {
        return with(draft -> draft.epochs = given);
    }

    public TrainingSettings withBatch(int given) {
        return with(draft -> draft.batch = given);
    }

    public TrainingSettings withRate(double given) {
        return with(draft -> draft.rate = given);
    }

    public TrainingSettings withSchedule(Schedule given) {
        return with(draft -> draft.schedule = given);
    }

    public TrainingSettings withUpdate(UpdateRule given) {
        return with(draft -> draft.update = given);
    }

    public TrainingSettings withRegularization(Schedule given) {
        return with(draft -> draft.regularization = given);
    }

    public TrainingSettings withGroups(List<ParameterGroup> given) {
        return with(draft -> draft.groups = given);
    }

    public TrainingSettings withClipNorm(double given) {
        return with(draft -> draft.clipNorm = given);
    }

    public TrainingSettings withAveraging(double given) {
        return with(draft -> draft.averaging = given);
    }

    public TrainingSettings withPatience(int given) {
        return with(draft -> draft.patience = given);
    }

    public TrainingSettings withPlateau(@Nullable Plateau given) {
        return with(draft -> draft.plateau = given);
    }

    public TrainingSettings withMixup(double given) {
        return with(draft -> draft.mixup = given);
    }

    public TrainingSettings withNoise(double given) {
        return with(draft -> draft.noise = given);
    }

    public TrainingSettings withMixedPrecision(boolean given) {
        return with(draft -> draft.mixedPrecision = given);
    }

    public TrainingSettings withDevice(DeviceChoice given) {
        return with(draft -> draft.device = given);
    }

    public TrainingSettings withSeed(long given) {
        return with(draft -> draft.seed = given);
    }

    private TrainingSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** The settings while one of them is changed. */
    private static final class Draft {

        private Loss loss;
        private int epochs;
        private int batch;
        private double rate;
        private Schedule schedule;
        private UpdateRule update;
        private Schedule regularization;
        private List<ParameterGroup> groups;
        private double clipNorm;
        private double averaging;
        private int patience;
        private @Nullable Plateau plateau;
        private double mixup;
        private double noise;
        private boolean mixedPrecision;
        private DeviceChoice device;
        private long seed;

        Draft(TrainingSettings from) {
            loss = from.loss;
            epochs = from.epochs;
            batch = from.batch;
            rate = from.rate;
            schedule = from.schedule;
            update = from.update;
            regularization = from.regularization;
            groups = from.groups;
            clipNorm = from.clipNorm;
            averaging = from.averaging;
            patience = from.patience;
            plateau = from.plateau;
            mixup = from.mixup;
            noise = from.noise;
            mixedPrecision = from.mixedPrecision;
            device = from.device;
            seed = from.seed;
        }

        TrainingSettings settings() {
            return new TrainingSettings(
                    loss,
                    epochs,
                    batch,
                    rate,
                    schedule,
                    update,
                    regularization,
                    groups,
                    clipNorm,
                    averaging,
                    patience,
                    plateau,
                    mixup,
                    noise,
                    mixedPrecision,
                    device,
                    seed);
        }
    }
}
