package org.autotuner.models.linear;

import java.util.List;
import java.util.Optional;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Task;

/**
 * LIBLINEAR (Fan, Chang, Hsieh, Wang and Lin, JMLR 9, 2008): one-against-the-rest logistic regression with a penalty on
 * squares or on absolute values, and support vector regression with a squared or an absolute loss beyond a margin. The
 * penalty is {@code cost} times the sum of losses against the weights. Row weights count as the mean weight of their
 * class only; regression ignores them but for rows of weight 0. Cannot be interrupted. Stateless and thread-safe.
 */
public final class LibLinearFamily implements ModelFamily {

    static final RealParameter COST = Parameter.reals("cost", 1e-3, 100).log().withDefault(0.3);
    static final ChoiceParameter<String> PENALTY = Parameter.choice("penalty", "squares", "absolutes");
    static final ChoiceParameter<String> LOSS = Parameter.choice("loss", "absolute", "squared");

    private static final SearchSpace CLASSES = SearchSpace.of(COST, PENALTY);
    private static final SearchSpace VALUES = SearchSpace.of(COST, LOSS);
    private static final double MAX_SECONDS = 60;

    @Override
    public String id() {
        return "liblinear";
    }

    @Override
    public boolean supports(Task task) {
        return !(task instanceof QuantileTask);
    }

    @Override
    public Optional<String> unsuitable(DataShape shape) {
        double seconds = cost(startingPoints(shape).get(0), shape).seconds();
        return seconds <= MAX_SECONDS
                ? Optional.empty()
                : Optional.of("a fit that cannot be interrupted would take about %.0f s on %d rows (limit %.0f s)"
                        .formatted(seconds, shape.rows(), MAX_SECONDS));
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return shape.task().isClassification() ? CLASSES : VALUES;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = space(shape).defaults();
        return shape.task().isClassification()
                ? List.of(
                        defaults,
                        defaults.with(PENALTY, "absolutes"),
                        defaults.with(COST, 3.0),
                        defaults.with(COST, 0.03))
                : List.of(defaults, defaults.with(LOSS, "squared"), defaults.with(COST, 0.01));
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return PreparationPlan.forLinear();
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        // Rare categories and words cost more iterations than numbers.
        double entries = (3 * Entries.perRow(shape) - 2 * Entries.dense(shape)) * shape.rows();
        boolean slow = shape.task().isClassification()
                ? configuration.get(PENALTY).equals("absolutes")
                : configuration.get(LOSS).equals("absolute");
        int problems = shape.task().isClassification() ? shape.task().outputs() : 1;
        // Weaker penalties need more passes.
        double passes = (slow ? 50 : 40) * Math.max(1, Math.sqrt(configuration.get(COST)));
        double seconds = 0.02 + entries * (30e-9 + 5e-9 * passes * problems);
        return new CostEstimate(seconds, (long) (32 * entries + 64.0 * shape.rows()), false);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        context.deadline().check();
        LibLinearTraining training = new LibLinearTraining(data, configuration.get(COST), context.seed());
        if (!data.task().isClassification()) {
            return FittedModel.of(training.regression(configuration.get(LOSS).equals("absolute")));
        }
        return training.hasOneClass()
                ? new PriorFamily().fit(data, Configuration.empty(), context)
                : FittedModel.of(training.classifier(configuration.get(PENALTY).equals("absolutes")));
    }
}
