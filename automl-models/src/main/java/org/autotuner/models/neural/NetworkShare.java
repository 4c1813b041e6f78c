package org.autotuner.models.neural;

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
 * Fits a configuration to the seconds that one fit is granted. A few steps are timed; then, in this order:
 * <ul>
 *   <li>if the epochs asked for fit, networks of several seeds are trained together and averaged, as many as fit, up to
 *       {@value #MOST_NETWORKS}: on small data that gains more than anything else;
 *   <li>if they do not fit, there are fewer networks, then fewer epochs, down to a quarter of them, and at least
 *       {@value #FEW_EPOCHS};
 *   <li>if these do not fit either, the network gets smaller (fewer members, narrower layers), as its family says, then
 *       batches are doubled, which costs less per row, and at last as few epochs must do as the family can make use of;
 *   <li>where not even these fit, there is no fit.
 * </ul>
 */
final class NetworkShare {

    private static final int WARM_STEPS = 3;
    private static final int TIMED_STEPS = 8;
    private static final int FEW_EPOCHS = 10;
    private static final int LARGEST_BATCH = 1024;
    private static final int MOST_NETWORKS = 8;
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
        this.goal = NetworkGoal.of(data, context.metric());
    }

    Configuration adapt(Configuration configuration) {
        Configuration tried = configuration;
        while (true) {
            double affordable = affordableEpochs(tried);
            int epochs = tried.get(NetworkFamily.EPOCHS);
            if (affordable >= epochs) {
                return tried.has(NetworkFamily.NETWORKS) ? withMoreNetworks(tried) : tried;
            }
            int networks = tried.getOrDefault(NetworkFamily.NETWORKS);
            int few = Math.min(epochs, Math.max(Math.max(FEW_EPOCHS, family.leastEpochs()), epochs / 4));
            Optional<Configuration> smaller = family.smaller(tried);
            int batch = tried.get(NetworkFamily.BATCH);
            if (networks > 1) {
                tried = tried.with(NetworkFamily.NETWORKS, networks / 2);
            } else if (affordable >= few) {
                return tried.with(NetworkFamily.EPOCHS, (int) affordable);
            } else if (smaller.isPresent()) {
                tried = smaller.get();
            } else if (batch < LARGEST_BATCH && batch * 8 <= data.rows()) {
                tried = tried.with(NetworkFamily.BATCH, 2 * batch);
            } else if (affordable >= family.leastEpochs()) {
                return tried.with(NetworkFamily.EPOCHS, (int) affordable);
            } else {
                throw new DeadlineExceededException("%d epochs of the network would take longer than a fit's share."
                        .formatted(family.leastEpochs()));
            }
        }
    }

    /** Small networks cost little more together than alone, so that it is measured. */
    private Configuration withMoreNetworks(Configuration configuration) {
        Configuration most = configuration;
        int networks = configuration.getOrDefault(NetworkFamily.NETWORKS);
        while (2 * networks <= MOST_NETWORKS) {
            networks *= 2;
            Configuration more = configuration.with(NetworkFamily.NETWORKS, networks);
            if (affordableEpochs(more) < configuration.get(NetworkFamily.EPOCHS)) {
                return most;
            }
            most = more;
        }
        return most;
    }

    private double affordableEpochs(Configuration configuration) {
        context.deadline().check();
        return USED * context.secondsShare() / secondsPerEpoch(configuration);
    }

    private double secondsPerEpoch(Configuration configuration) {
        NetworkDesign design = family.design(configuration, data.features().features(), data, goal);
        int batch = design.settings().batch();
        int[] chosen = IntStream.range(0, Math.min(data.rows(), batch * (WARM_STEPS + TIMED_STEPS)))
                .toArray();
        TrainingData some = data.select(chosen);
        try (ScriptLearner learner = design.learner(some, goal, null)) {
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
