package org.autotuner.models.tree;

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
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;

/**
 * One decision tree that fits on a page (Breiman, Friedman, Olshen and Stone 1984): at most 5 questions deep, so at most 32
 * leaves, each the best of all cuts. For whoever must follow each prediction; it never improves an ensemble, so it takes part only
 * when asked for. Stateless and thread-safe.
 */
public final class SmallTreeFamily implements ModelFamily {

    static final IntParameter DEPTH = Parameter.ints("max_depth", 2, 5).withDefault(4);
    static final IntParameter MIN_LEAF =
            Parameter.ints("min_samples_leaf", 2, 100).log().withDefault(10);
    static final OrdinalParameter<String> ENCODING = Parameter.ordinal("encoding", "numbers", "statistics");

    private static final SearchSpace NUMBERS = SearchSpace.of(DEPTH, MIN_LEAF);
    private static final SearchSpace CATEGORIES = SearchSpace.of(DEPTH, MIN_LEAF, ENCODING);

    @Override
    public String id() {
        return "small-tree";
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    @Override
    public boolean isInterpretable() {
        return true;
    }

    @Override
    public Optional<String> onlyOnRequest() {
        return Optional.of("one small tree improves no ensemble");
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return shape.categoricalColumns() > 0 ? CATEGORIES : NUMBERS;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = space(shape).defaults();
        Configuration deep = defaults.with(DEPTH, DEPTH.high());
        return List.of(
                defaults,
                shape.categoricalColumns() > 0 ? deep.with(ENCODING, "statistics") : deep,
                defaults.with(DEPTH, 3));
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        PreparationPlan plan = PreparationPlan.forTrees().withoutCodes();
        return configuration.getOrDefault(ENCODING).equals("statistics") ? plan.withTargetStatistics(false) : plan;
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double width = Math.max(1, shape.numericColumns() + 3 * shape.categoricalColumns() + shape.textNumbers());
        double cells = shape.rows() * width;
        return new CostEstimate(
                0.01 + cells * (40e-9 + configuration.get(DEPTH) * 14e-9),
                (long) (5 * cells + 16.0 * shape.rows()),
                true);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return FittedModel.of(SmallTree.fit(
                data, configuration.get(DEPTH), configuration.get(MIN_LEAF), context.seed(), context.deadline()));
    }
}
