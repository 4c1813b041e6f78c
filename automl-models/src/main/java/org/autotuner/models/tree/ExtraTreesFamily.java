package org.autotuner.models.tree;

import java.util.List;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;

/**
 * Extremely randomised trees (Geurts, Ernst and Wehenkel 2006) in plain Java: deep trees on all rows, one random cut (among
 * the ranks of the values) for each of a few features. Needs no native library; asks the deadline at every node. Stateless
 * and thread-safe.
 */
public final class ExtraTreesFamily implements ModelFamily {

    @Override
    public String id() {
        return "extra-trees";
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return ForestSpace.SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        boolean real = !shape.task().isClassification();
        int leaf = ForestSpace.defaultLeaf(shape);
        return ForestSpace.encoded(
                List.of(
                        ForestSpace.point(real ? "all" : "sqrt", leaf, "numbers"),
                        ForestSpace.point(real ? "half" : "all", Math.max(2, leaf), "statistics"),
                        ForestSpace.point("half", 4, "pairs")),
                shape);
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return ForestSpace.preparation(configuration);
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        return ForestSpace.cost(configuration, shape, true);
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        return ForestSpace.adapt(configuration, data, context, true);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return ForestSpace.fit(data, configuration, context, true);
    }
}
