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
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;

/**
 * Factorization machines (Rendle, ICDM 2010): a linear model plus the products of all pairs of features, weighted by
 * inner products of learned factors, so that it knows interactions of categories that were rarely or never seen
 * together. Tribuo's parameters and AdaGrad, one row at a time; the validation rows choose the number of epochs. The
 * deadline is asked every few hundred rows. Stateless and thread-safe.
 */
public final class FactorizationMachineFamily implements ModelFamily {

    static final IntParameter RANK = Parameter.ints("rank", 2, 32).log().withDefault(8);
    static final RealParameter LEARNING_RATE =
            Parameter.reals("learning_rate", 0.005, 0.5).log().withDefault(0.05);
    static final RealParameter SPREAD =
            Parameter.reals("initial_spread", 0.001, 0.3).log().withDefault(0.05);
    static final IntParameter EPOCHS = Parameter.ints("epochs", 1, 30).log().withDefault(12);

    private static final SearchSpace SPACE = SearchSpace.of(RANK, LEARNING_RATE, SPREAD, EPOCHS);

    @Override
    public String id() {
        return "factorization-machine";
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    @Override
    public Optional<String> unsuitable(DataShape shape) {
        if (shape.columns() < 2 && shape.textColumns() == 0) {
            return Optional.of("One column has no interactions.");
        }
        return SgdCost.tooMuch(SgdCost.factorRow(shape, RANK.defaultValue()), shape);
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
                defaults.with(RANK, 16).with(SPREAD, 0.2),
                defaults.with(RANK, 16)
                        .with(LEARNING_RATE, 0.02)
                        .with(SPREAD, 0.1)
                        .with(EPOCHS, 20),
                defaults.with(RANK, 4).with(LEARNING_RATE, 0.02));
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return PreparationPlan.forLinear();
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        int rank = configuration.get(RANK);
        double parameters = (1 + rank) * Entries.width(shape) * shape.task().outputs();
        return SgdCost.estimate(SgdCost.factorRow(shape, rank), configuration.get(EPOCHS), parameters, shape);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        Problem problem = Problem.of(data);
        FactorModel model = new FactorModel(
                problem.shape(data.features()),
                problem.loss().start(),
                configuration.get(RANK),
                configuration.get(SPREAD),
                context.seed());
        double rate = configuration.get(LEARNING_RATE);
        return new SgdTraining(data, context, model, problem.loss(), rate, configuration.get(EPOCHS)).fit();
    }
}
