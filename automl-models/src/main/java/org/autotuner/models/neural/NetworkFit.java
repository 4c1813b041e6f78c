package org.autotuner.models.neural;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.autotuner.budget.DeadlineExceededException;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.NamedWeights;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.NetworkRows;
import org.autotuner.models.torch.ScriptLearner;
import org.autotuner.train.Epoch;
import org.autotuner.train.TrainingLoop;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.Weights;
import org.jspecify.annotations.Nullable;

/**
 * Trains a design on one fold. The validation error is measured after a few late epochs only, and the network kept as it was
 * then: which of them a fold is scored at is chosen by the other folds.
 */
final class NetworkFit {

    /** Shares of the training after which it is measured. */
    private static final double[] MEASURED = {0.3, 0.45, 0.6, 0.75, 0.9, 1};

    private final TrainingData data;
    private final NetworkDesign design;
    private final NetworkGoal goal;
    private final FitContext context;
    private final int last;
    private final Set<Integer> measured = new TreeSet<>();
    private final List<Integer> epochs = new ArrayList<>();
    private final List<List<NamedWeights>> kept = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();

    NetworkFit(TrainingData data, NetworkDesign design, NetworkGoal goal, FitContext context) {
        this.data = data;
        this.design = design;
        this.goal = goal;
        this.context = context;
        int all = design.settings().epochs();
        this.last = context.steps() > 0 ? Math.min(all, context.steps()) : all;
        if (context.steps() > 0) {
            measured.add(last);
        } else {
            for (double share : MEASURED) {
                measured.add(Math.max(1, (int) Math.round(share * all)));
            }
        }
    }

    FittedModel fit() {
        context.deadline().check();
        TrainingData validation = context.steps() > 0 ? null : data.validation();
        NetworkRows evaluated = validation == null ? null : design.inputs().rows(validation.features());
        TrainingSettings settings = design.settings();
        try (ScriptLearner learner = ScriptLearner.of(
                design.plan(), design.inputs().rows(data.features()), goal.targets(data), evaluated, settings)) {
            new TrainingLoop(settings)
                    .run(learner, null, epoch -> finished(epoch, learner, validation), context.deadline());
            if (kept.isEmpty()) {
                throw new DeadlineExceededException("The time was up before a network was worth keeping.");
            }
            boolean isDefined = validation != null && errors.stream().noneMatch(error -> Double.isNaN(error));
            ErrorCurve curve = isDefined ? new ErrorCurve(epochs, errors) : ErrorCurve.EMPTY;
            return new NetworkModel(design, goal, epochs, kept, curve);
        }
    }

    private boolean finished(Epoch epoch, ScriptLearner learner, @Nullable TrainingData validation) {
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
                    .error(
                            validation.target(),
                            goal.predictions(learner.outputs(), design.parts()),
                            validation.weights());
            errors.add(error);
            goesOn = Double.isNaN(error) || context.progress().report(epoch.number(), error);
        }
        return goesOn && epoch.number() < last;
    }
}
