package org.autotuner.examples.bench;

import java.util.List;
import java.util.function.UnaryOperator;
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

/** Another family's first starting point and space, fitted under changed circumstances. */
record PacedFamily(String id, ModelFamily whole, UnaryOperator<Configuration> start, UnaryOperator<FitContext> pace)
        implements ModelFamily {

    /** Grows to that many rounds, whatever the validation says. */
    static PacedFamily fixed(String id, ModelFamily whole, int rounds) {
        return new PacedFamily(id, whole, start -> start, context -> context.withSteps(rounds));
    }

    /** Stops early as usual, and after that many rounds at the latest. */
    static PacedFamily atMost(int rounds, ModelFamily whole) {
        return new PacedFamily(
                whole.id(),
                whole,
                start -> start,
                context -> context.withProgress(
                        (round, error) -> context.progress().report(round, error) && round < rounds));
    }

    /** The same from another starting point. */
    PacedFamily startingAt(UnaryOperator<Configuration> change) {
        return new PacedFamily(id, whole, change, pace);
    }

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
        return List.of(start.apply(whole.startingPoints(shape).get(0)));
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
        return whole.fit(data, configuration, pace.apply(context));
    }
}
