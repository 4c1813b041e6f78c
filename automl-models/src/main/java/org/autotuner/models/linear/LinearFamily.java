package org.autotuner.models.linear;

import java.util.List;
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
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.Task;

/**
 * Linear models by L-BFGS: logistic and softmax regression, ridge regression, linear quantile regression; dense and
 * sparse features. One fit follows a path of up to 14 penalties from strong to weak and measures each on the
 * validation rows, so the penalty is a step, not a hyperparameter; without validation rows the penalty is that of
 * {@link FitContext#steps()} (step k: {@code 10^(-k/2)} on the mean loss), or of step 8. Asks the deadline every few
 * thousand rows and then returns the last iterate. Stateless and thread-safe.
 */
public final class LinearFamily implements ModelFamily {

    /** Share of the penalty that is on absolute values (elastic net): 0 shrinks, 1 selects features. */
    static final OrdinalParameter<Double> L1_SHARE = Parameter.ordinal("l1_share", 0.0, 0.2, 0.5, 1.0);

    /**
     * What the terms of texts are multiplied with: nothing, or the logarithm of how much likelier they are in one class
     * (Wang and Manning 2012); for two classes.
     */
    static final ChoiceParameter<String> TERM_FACTORS = Parameter.choice("term_factors", "none", "ratios");

    /** Whether texts give simple counts beside their terms: they make probabilities better, but not every ranking. */
    static final ChoiceParameter<String> TEXT_COUNTS = Parameter.choice("text_counts", "with", "without");

    private static final double TEXT_TIME_FACTOR = 2.5;
    private static final SearchSpace SPACE = SearchSpace.of(L1_SHARE);
    private static final SearchSpace TEXTS = SearchSpace.of(L1_SHARE, TEXT_COUNTS);
    private static final SearchSpace TEXTS_OF_TWO_CLASSES = SearchSpace.of(L1_SHARE, TEXT_COUNTS, TERM_FACTORS);

    @Override
    public String id() {
        return "linear";
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    /** Paths over texts with many classes take long, and half of one is worth little. */
    @Override
    public double timeFactor(DataShape shape) {
        return shape.textColumns() > 0 ? TEXT_TIME_FACTOR : 1;
    }

    @Override
    public boolean isInterpretable() {
        return true;
    }

    @Override
    public boolean suitsSentences() {
        return true;
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return hasRatios(shape) ? TEXTS_OF_TWO_CLASSES : shape.textColumns() > 0 ? TEXTS : SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = space(shape).defaults();
        if (shape.textColumns() == 0) {
            return List.of(defaults, defaults.with(L1_SHARE, 1.0));
        }
        Configuration terms = defaults.with(TEXT_COUNTS, "without");
        return hasRatios(shape)
                ? List.of(defaults, terms, defaults.with(TERM_FACTORS, "ratios"))
                : List.of(defaults, terms);
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return configuration.getOrDefault(TEXT_COUNTS).equals("with")
                ? PreparationPlan.forLinear()
                : PreparationPlan.forLinear().withoutTextCounts();
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        int outputs = shape.task().outputs();
        double width = Entries.width(shape) * outputs;
        double entries = Entries.perRow(shape);
        // Fitted to measured paths: rare categories and words condition the problem badly and cost more passes, and
        // large data begin near the solution of a sample.
        double dense = Entries.dense(shape);
        double perEntry = PathEffort.suits(Entries.width(shape) - dense, shape.rows()) ? 0.25e-6 : 0.6e-6;
        boolean inBlocks = DenseSums.suits(dense, Entries.width(shape), shape.rows(), outputs);
        double perNumber = inBlocks ? 0.035e-6 : 0.15e-6;
        double row = 6e-6 + outputs * (1e-6 + perNumber * dense + perEntry * (entries - dense));
        boolean sampled = PenaltyPath.startsFromSample(entries * shape.rows(), shape.rows());
        double seconds = 0.02 + (sampled ? 0.25 : 1) * row * shape.rows() + 16e-6 * width;
        double bytes = 8 * width * (2 * 8 + PenaltyPath.STEPS + 6)
                + 8.0 * shape.rows() * (1 + shape.task().outputs())
                + (inBlocks ? 8.0 * shape.rows() * dense : 0);
        return new CostEstimate(seconds, (long) bytes, true);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        if (!configuration.getOrDefault(TERM_FACTORS).equals("ratios")) {
            return new PenaltyPath(data, context, configuration.get(L1_SHARE)).fit();
        }
        TermFactors factors = new TermFactors(TermMasses.of(data, row -> true).ratios());
        return new PenaltyPath(factors.apply(data), context, configuration.get(L1_SHARE), factors).fit();
    }

    private static boolean hasRatios(DataShape shape) {
        return shape.textColumns() > 0 && shape.task() instanceof BinaryTask;
    }
}
