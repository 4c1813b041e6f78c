package org.autotuner.examples.bench;

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

/** Another family's first starting point and space, grown to a number of rounds whatever the validation says. */
record FixedRounds(String id, ModelFamily whole, int rounds) implements ModelFamily {

    @Override
    public boolean supports(Task task) {
        return whole.supports(task);
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return whole.space(shape);
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        return whole.startingPoints(shape).subList(0, 1);
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return whole.preparation(configuration, shape);
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        return whole.cost(configuration, shape);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return whole.fit(data, configuration, context.withSteps(rounds));
    }
}
