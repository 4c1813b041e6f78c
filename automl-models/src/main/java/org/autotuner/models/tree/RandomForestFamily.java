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
 * Random forests (Breiman 2001) in plain Java: deep trees on bootstrap samples, the best of all cuts among a few features.
 * Needs no native library; asks the deadline at every node. Stateless and thread-safe.
 */
public final class RandomForestFamily implements ModelFamily {

    @Override
    public String id() {
        return "random-forest";
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
                        ForestSpace.point(real ? "third" : "sqrt", leaf, "numbers"),
                        ForestSpace.point("half", Math.max(2, leaf), "statistics"),
                        ForestSpace.point(real ? "half" : "third", 5, "pairs")),
                shape);
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return ForestSpace.preparation(configuration);
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        return ForestSpace.cost(configuration, shape, false);
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        return ForestSpace.adapt(configuration, data, context, false);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return ForestSpace.fit(data, configuration, context, false);
    }
}
