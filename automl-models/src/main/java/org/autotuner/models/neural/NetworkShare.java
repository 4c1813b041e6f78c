package org.autotuner.models.neural;

import java.util.Optional;
import java.util.stream.IntStream;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.ScriptLearner;
import org.autotuner.space.Configuration;
import org.autotuner.train.StepPlan;

/**
 * Fits a configuration to the seconds that one fit is granted. A few steps are timed; then, in this order:
 * <ul>
 *   <li>if the epochs asked for fit twice or more, networks of several seeds are trained and averaged, as many as fit, up to
 *       four;
 *   <li>if they do not fit, there are fewer, down to a quarter of them, and at least {@value #FEW_EPOCHS};
 *   <li>if these do not fit either, the network gets smaller (fewer members, narrower layers), as its family says, then
 *       batches are doubled, which costs less per row, and at last {@value #LEAST_EPOCHS} epochs must do;
 *   <li>where not even these fit, there is no fit.
 * </ul>
 */
final class NetworkShare {

    private static final int WARM_STEPS = 3;
    private static final int TIMED_STEPS = 8;
    private static final int FEW_EPOCHS = 10;
    private static final int LEAST_EPOCHS = 3;
    private static final int LARGEST_BATCH = 1024;
    private static final int MOST_NETWORKS = 4;
    /** Of the share: the rest is for preparation, validation and what the machine does beside. */
    private static final double USED = 0.8;

    private final NetworkFamily family;
    private final TrainingData data;
    private final FitContext context;
    private final NetworkGoal goal;

    NetworkShare(NetworkFamily family, TrainingData data, FitContext context) {
        this.family = family;
        this.data = data;
        this.context = context;
        this.goal = NetworkGoal.of(data);
    }

    Configuration adapt(Configuration configuration) {
        Configuration tried = configuration;
        while (true) {
            context.deadline().check();
            double affordable = USED * context.secondsShare() / secondsPerEpoch(tried);
            int epochs = tried.get(NetworkFamily.EPOCHS);
            if (affordable >= 2.0 * epochs) {
                int networks = tried.getOrDefault(NetworkFamily.NETWORKS);
                while (networks < MOST_NETWORKS && 2 * networks * epochs <= affordable && allowsNetworks(tried)) {
                    networks *= 2;
                }
                return allowsNetworks(tried) ? tried.with(NetworkFamily.NETWORKS, networks) : tried;
            }
            int few = Math.min(epochs, Math.max(FEW_EPOCHS, epochs / 4));
            if (affordable >= few) {
                return tried.with(NetworkFamily.EPOCHS, (int) Math.min(epochs, affordable));
            }
            Optional<Configuration> smaller = family.smaller(tried);
            int batch = tried.get(NetworkFamily.BATCH);
            if (smaller.isPresent()) {
                tried = smaller.get();
            } else if (batch < LARGEST_BATCH && batch * 8 <= data.rows()) {
                tried = tried.with(NetworkFamily.BATCH, 2 * batch);
            } else if (affordable >= LEAST_EPOCHS) {
                return tried.with(NetworkFamily.EPOCHS, (int) affordable);
            } else {
                throw new DeadlineExceededException(
                        "%d epochs of the network would take longer than a fit's share.".formatted(LEAST_EPOCHS));
            }
        }
    }

    private static boolean allowsNetworks(Configuration configuration) {
        return configuration.has(NetworkFamily.NETWORKS);
    }

    private double secondsPerEpoch(Configuration configuration) {
        NetworkDesign design = family.design(configuration, data.features().features(), data, goal);
        int batch = design.settings().batch();
        int[] chosen = IntStream.range(0, Math.min(data.rows(), batch * (WARM_STEPS + TIMED_STEPS)))
                .toArray();
        TrainingData some = new TrainingData(
                data.task(),
                data.features().select(chosen),
                data.target().select(chosen),
                data.weights().select(chosen),
                null);
        try (ScriptLearner learner = ScriptLearner.of(
                design.plan(), design.inputs().rows(some.features()), goal.targets(some), null, design.settings())) {
            learner.train(steps(design, chosen.length, WARM_STEPS));
            long start = System.nanoTime();
            StepPlan timed = steps(design, chosen.length, TIMED_STEPS);
            learner.train(timed);
            double perStep = (System.nanoTime() - start) * 1e-9 / timed.steps();
            return perStep * Math.ceil((double) data.rows() / batch);
        }
    }

    private static StepPlan steps(NetworkDesign design, int rows, int most) {
        int batch = design.settings().batch();
        int used = Math.min(rows, batch * most);
        int[][] order = new int[design.plan().networks()][];
        java.util.Arrays.setAll(order, network -> IntStream.range(0, used).toArray());
        double[] rates = new double[(used + batch - 1) / batch];
        java.util.Arrays.fill(rates, 1e-6);
        return new StepPlan(order, batch, rates, new double[0], 0);
    }
}
