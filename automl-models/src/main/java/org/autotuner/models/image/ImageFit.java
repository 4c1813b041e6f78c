package org.autotuner.models.image;

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

/** Trains a design on one fold, measuring it after a few late epochs: which of them counts is chosen by the other folds. */
final class ImageFit {

    /** Shares of the training after which it is measured. */
    private static final double[] MEASURED = {0.5, 0.75, 1};

    private final TrainingData data;
    private final ImageDesign design;
    private final NetworkGoal goal;
    private final FitContext context;
    private final int last;
    private final Set<Integer> measured = new TreeSet<>();
    private final List<Integer> epochs = new ArrayList<>();
    private final List<NamedWeights> kept = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();

    ImageFit(TrainingData data, ImageDesign design, NetworkGoal goal, FitContext context) {
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
        NetworkRows evaluated = validation == null ? null : design.rows(validation.features());
        TrainingSettings settings = design.settings();
        try (ScriptLearner learner = ScriptLearner.of(
                design.plan(),
                design.rows(data.features()),
                goal.targets(data),
                evaluated,
                settings,
                design.augmentation().isNothing() ? null : design.augmentation())) {
            new TrainingLoop(settings)
                    .run(learner, null, epoch -> finished(epoch, learner, validation), context.deadline());
            if (kept.isEmpty()) {
                throw new DeadlineExceededException("The time was up before a network was worth keeping.");
            }
            boolean isDefined = validation != null && errors.stream().noneMatch(error -> Double.isNaN(error));
            ErrorCurve curve = isDefined ? new ErrorCurve(epochs, errors) : ErrorCurve.EMPTY;
            return new ImageModel(design, goal, epochs, kept, curve);
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
        kept.add(learner.named(weights, 0));
        boolean goesOn = true;
        if (validation != null) {
            double error = context.metric()
                    .error(validation.target(), goal.predictions(learner.outputs(), 1), validation.weights());
            errors.add(error);
            goesOn = Double.isNaN(error) || context.progress().report(epoch.number(), error);
        }
        return goesOn && epoch.number() < last;
    }
}
