package org.autotuner.models.image;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.ScriptLearner;
import org.autotuner.space.Configuration;
import org.autotuner.train.StepPlan;

/**
 * Fits a configuration to the seconds that one fit is granted. A few steps are timed; then there are as many epochs as fit, at most
 * those asked for. Where fewer than {@value #WANTED_EPOCHS} fit, the network gets smaller as long as it can; where at last fewer
 * than {@value #LEAST_EPOCHS} fit, there is no fit.
 */
final class ImageShare {

    private static final int WARM_STEPS = 2;
    private static final int TIMED_STEPS = 5;
    private static final int WANTED_EPOCHS = 8;
    private static final int LEAST_EPOCHS = 3;
    /** Of the share: the rest is for preparation, validation and what the machine does beside. */
    private static final double USED = 0.85;

    private static final double SCORED_PRODUCTS_PER_SECOND = 3e9;
    /** What no core reaches: a network that would not fit at that speed is not even timed. */
    private static final double BEST_PRODUCTS_PER_SECOND = 6e10;

    private static final double LONG_TIMING_SECONDS = 0.5;

    private final ImageFamily family;
    private final TrainingData data;
    private final FitContext context;
    private final NetworkGoal goal;

    ImageShare(ImageFamily family, TrainingData data, FitContext context) {
        this.family = family;
        this.data = data;
        this.context = context;
        this.goal = NetworkGoal.of(data, context.metric());
    }

    Configuration adapt(Configuration configuration) {
        Configuration tried = configuration;
        while (true) {
            double affordable = affordableEpochs(tried);
            int epochs = tried.get(ImageFamily.EPOCHS);
            Optional<Configuration> smaller = family.smaller(tried);
            if (affordable >= Math.min(epochs, WANTED_EPOCHS) || (smaller.isEmpty() && affordable >= LEAST_EPOCHS)) {
                return withEpochs(tried, (int) Math.min(epochs, affordable));
            }
            if (smaller.isEmpty()) {
                throw new DeadlineExceededException(
                        "%d epochs of the network would take longer than a fit's share.".formatted(LEAST_EPOCHS));
            }
            tried = smaller.get();
        }
    }

    private static Configuration withEpochs(Configuration configuration, int epochs) {
        Configuration adapted = configuration.with(ImageFamily.EPOCHS, epochs);
        return epochs < ImageFamily.FEW_EPOCHS
                ? adapted.with(ImageFamily.AUGMENTATION, "none").with(ImageFamily.MIX, "none")
                : adapted;
    }

    private double affordableEpochs(Configuration configuration) {
        context.deadline().check();
        ImageDesign design = family.design(configuration, data.features(), data.rows(), goal);
        int batch = design.settings().batch();
        double stepsPerEpoch = Math.ceil((double) data.rows() / batch);
        double bestStep = 3 * batch * design.products() / BEST_PRODUCTS_PER_SECOND;
        double most = USED * context.secondsShare() / (bestStep * stepsPerEpoch);
        if (most < LEAST_EPOCHS) {
            return most;
        }
        double perEpoch = secondsPerStep(design, bestStep) * stepsPerEpoch;
        TrainingData validation = data.validation();
        double scoring = validation == null ? 0 : validation.rows() * design.products() / SCORED_PRODUCTS_PER_SECOND;
        return (USED * context.secondsShare() - scoring) / perEpoch;
    }

    private double secondsPerStep(ImageDesign design, double bestStep) {
        int batch = design.settings().batch();
        int steps = (int) Math.max(1, Math.min(TIMED_STEPS, LONG_TIMING_SECONDS / bestStep));
        int[] chosen = IntStream.range(0, Math.min(data.rows(), batch * (WARM_STEPS + TIMED_STEPS)))
                .toArray();
        TrainingData some = data.select(chosen);
        try (ScriptLearner learner = design.learner(some, goal, null)) {
            learner.train(steps(batch, chosen.length, Math.min(steps, WARM_STEPS)));
            context.deadline().check();
            long start = System.nanoTime();
            StepPlan timed = steps(batch, chosen.length, steps);
            learner.train(timed);
            return (System.nanoTime() - start) * 1e-9 / timed.steps();
        }
    }

    private static StepPlan steps(int batch, int rows, int most) {
        int used = Math.min(rows, batch * most);
        double[] rates = new double[(used + batch - 1) / batch];
        Arrays.fill(rates, 1e-6);
        return new StepPlan(new int[][] {IntStream.range(0, used).toArray()}, batch, rates, new double[0], 0);
    }
}
