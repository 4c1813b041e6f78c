package org.autotuner.models.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.score.Scorer;
import org.autotuner.train.Epoch;
import org.autotuner.train.TrainingLoop;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Trains networks on one fold. The validation error is measured after a few late epochs only, and the networks kept as they were
 * then: which of them a fold is scored at is chosen by the other folds. One use; not thread-safe.
 */
public final class MeasuredTraining {

    private final TrainingData data;
    private final TrainingSettings settings;
    private final NetworkGoal goal;
    private final FitContext context;
    private final int last;
    private final Set<Integer> measured = new TreeSet<>();
    private final List<Integer> epochs = new ArrayList<>();
    private final List<List<NamedWeights>> kept = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();

    /** Makes a learner of the training rows that can also give its outputs for other rows. */
    @FunctionalInterface
    public interface LearnerFactory {
        /**
         * A fresh learner.
         *
         * @param evaluated rows whose outputs are wanted, or null
         */
        ScriptLearner make(@Nullable FeatureMatrix evaluated);
    }

    /**
     * A training.
     *
     * @param shares of all epochs after which it is measured, in (0, 1]; unless the context gives a number of epochs
     */
    public MeasuredTraining(
            TrainingData data, TrainingSettings settings, NetworkGoal goal, FitContext context, double... shares) {
        this.data = data;
        this.settings = settings;
        this.goal = goal;
        this.context = context;
        int all = settings.epochs();
        this.last = context.steps() > 0 ? Math.min(all, context.steps()) : all;
        if (context.steps() > 0) {
            measured.add(last);
        } else {
            for (double share : shares) {
                measured.add(Math.max(1, (int) Math.round(share * all)));
            }
        }
    }

    /**
     * Trains until the epochs, the deadline or the listener end it.
     *
     * @param parts networks or members whose outputs make one prediction
     * @param export turns the networks of one epoch into plain Java; should hold on to no rows
     * @throws DeadlineExceededException if the time was up before a network was worth keeping
     */
    public TrainedNetworks run(LearnerFactory factory, int parts, Function<List<NamedWeights>, Scorer> export) {
        context.deadline().check();
        TrainingData validation = context.steps() > 0 ? null : data.validation();
        try (ScriptLearner learner = factory.make(validation == null ? null : validation.features())) {
            new TrainingLoop(settings)
                    .run(learner, null, epoch -> finished(epoch, learner, parts, validation), context.deadline());
            if (kept.isEmpty()) {
                throw new DeadlineExceededException("The time was up before a network was worth keeping.");
            }
            boolean isDefined = validation != null && errors.stream().noneMatch(error -> Double.isNaN(error));
            ErrorCurve curve = isDefined ? new ErrorCurve(epochs, errors) : ErrorCurve.EMPTY;
            return new TrainedNetworks(epochs, kept, curve, export);
        }
    }

    private boolean finished(Epoch epoch, ScriptLearner learner, int parts, @Nullable TrainingData validation) {
        if (!measured.contains(epoch.number())) {
            return epoch.number() < last;
        }
        Weights weights = learner.weights();
        if (!weights.areFinite()) {
            return false;
        }
        epochs.add(epoch.number());
        List<NamedWeights> networks = new ArrayList<>();
        for (int network = 0; network < learner.members(); network++) {
            networks.add(learner.named(weights, network));
        }
        kept.add(networks);
        boolean goesOn = true;
        if (validation != null) {
            double error = context.metric()
                    .error(validation.target(), goal.predictions(learner.outputs(), parts), validation.weights());
            errors.add(error);
            goesOn = Double.isNaN(error) || context.progress().report(epoch.number(), error);
        }
        return goesOn && epoch.number() < last;
    }
}
