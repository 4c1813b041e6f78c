package org.autotuner.models.recommend;

import java.util.List;
import java.util.Optional;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.RatingCodes;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.RegressionTask;
import org.autotuner.task.Task;

/** What factorizations with and without an implicit part share. Epochs are the steps. */
abstract class AbstractFactorFamily implements ModelFamily {

    static final IntParameter RANK = Parameter.ints("rank", 2, 200).log().withDefault(50);
    static final RealParameter LEARNING_RATE =
            Parameter.reals("learning_rate", 0.001, 0.1).log().withDefault(0.01);
    static final RealParameter PENALTY =
            Parameter.reals("penalty", 0.1, 10).log().withDefault(1.0);
    static final IntParameter EPOCHS = Parameter.ints("epochs", 1, 200).log().withDefault(80);

    private static final SearchSpace SPACE = SearchSpace.of(RANK, LEARNING_RATE, PENALTY, EPOCHS);

    /** Whether what was rated counts beside how it was rated. */
    abstract boolean isImplicit();

    @Override
    public boolean supports(Task task) {
        return task instanceof RegressionTask;
    }

    @Override
    public Optional<String> unsuitable(DataShape shape) {
        return RatingShape.unsuitable(shape);
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = SPACE.defaults();
        return List.of(
                defaults,
                defaults.with(RANK, 100).with(PENALTY, 1.5),
                defaults.with(RANK, 12).with(LEARNING_RATE, 0.005));
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return new RatingCodes();
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double rank = configuration.get(RANK);
        double cell = isImplicit() ? 4e-9 : 2.5e-9;
        double epochs = 0.7 * configuration.get(EPOCHS);
        double numbers = (rank + 1) * shape.levels();
        double seconds = 0.02 + epochs * (shape.rows() * (10e-9 + cell * rank) + 2e-9 * numbers);
        double kept = Math.min(1 << 25, numbers * configuration.get(EPOCHS));
        return new CostEstimate(seconds, (long) (4 * kept + 32 * numbers + 60.0 * shape.rows()), true);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        FactorTraining.Settings settings = new FactorTraining.Settings(
                configuration.get(RANK),
                configuration.get(LEARNING_RATE),
                configuration.get(PENALTY),
                configuration.get(EPOCHS),
                isImplicit());
        return new FactorTraining(data, context, settings).fit();
    }
}
