package org.autotuner.models.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.score.Scorer;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Multinomial and complement naive Bayes over the weighted terms of texts (Rennie, Shih, Teevan and Karger 2003); numbers
 * are not read. One fit traces a path of smoothings from strong to weak, step k being {@code 10^(1 - k/2)} of a mean term
 * per class, and the validation rows choose. Probabilities are tempered: the margins are multiplied by what fits best on a
 * fifth of the training rows when learned on the others. Stateless and thread-safe.
 */
public final class NaiveBayesFamily implements ModelFamily {

    static final ChoiceParameter<String> COUNTS = Parameter.choice("counts", "multinomial", "complement");

    private static final SearchSpace SPACE = SearchSpace.of(COUNTS);
    private static final int STEPS = 9;
    private static final int STEP_WITHOUT_VALIDATION = 4;

    @Override
    public String id() {
        return "naive-bayes";
    }

    @Override
    public boolean supports(Task task) {
        return task.isClassification();
    }

    @Override
    public Optional<String> unsuitable(DataShape shape) {
        return shape.textColumns() > 0 ? Optional.empty() : Optional.of("It reads texts, and there is none.");
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return isBinary(shape) ? SearchSpace.empty() : SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = space(shape).defaults();
        return isBinary(shape) ? List.of(defaults) : List.of(defaults, defaults.with(COUNTS, "complement"));
    }

    /** With two classes the complement of one is the other. */
    private static boolean isBinary(DataShape shape) {
        return shape.task() instanceof BinaryTask;
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return PreparationPlan.forLinear();
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double cells = Entries.perRow(shape) * shape.rows() * shape.task().outputs();
        double weights = Entries.width(shape) * shape.task().outputs();
        return new CostEstimate(
                0.01 + STEPS * (1e-9 * cells + 30e-9 * weights), (long) (8 * weights * (STEPS + 4)), true);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        context.deadline().check();
        boolean complement = configuration.getOrDefault(COUNTS).equals("complement");
        TermMasses all = TermMasses.of(data, row -> true);
        TermMasses most = TermMasses.of(data, row -> row % 5 != 0);
        int only = context.steps() > 0 ? Math.min(STEPS, context.steps()) : STEP_WITHOUT_VALIDATION;
        @Nullable TrainingData validation = data.validation();
        List<Integer> steps = new ArrayList<>();
        List<Scorer> scorers = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        for (int step = validation == null ? only : 1; step <= (validation == null ? only : STEPS); step++) {
            if (!scorers.isEmpty() && context.deadline().isOver()) {
                break;
            }
            double smoothing = Math.pow(10, 1 - 0.5 * step);
            double sharpness = Sharpness.of(data, most.weights(smoothing, complement), row -> row % 5 == 0);
            Scorer scorer = all.scorer(smoothing, complement, sharpness);
            double error = validation == null ? Double.NaN : validation.error(scorer, context.metric());
            steps.add(step);
            scorers.add(scorer);
            errors.add(error);
            if (validation != null && !context.progress().report(step, error)) {
                break;
            }
        }
        List<Scorer> path = List.copyOf(scorers);
        return validation == null
                ? FittedModel.of(path.get(0))
                : FittedModel.ofCurve(new ErrorCurve(steps, errors), path::get);
    }
}
