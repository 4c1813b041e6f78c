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
 * Linear models by stochastic gradient descent with Tribuo's parameters and AdaGrad: logistic, softmax, squared and
 * pinball loss, regularised only by the number of epochs, which the validation rows choose. The error is traced after
 * each epoch and the deadline asked every few hundred rows. Stateless and thread-safe.
 */
public final class LinearSgdFamily implements ModelFamily {

    static final RealParameter LEARNING_RATE =
            Parameter.reals("learning_rate", 0.005, 1).log().withDefault(0.1);
    static final IntParameter EPOCHS = Parameter.ints("epochs", 1, 30).log().withDefault(8);

    private static final SearchSpace SPACE = SearchSpace.of(LEARNING_RATE, EPOCHS);

    @Override
    public String id() {
        return "linear-sgd";
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    @Override
    public Optional<String> unsuitable(DataShape shape) {
        return SgdCost.tooMuch(SgdCost.linearRow(shape), shape);
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = SPACE.defaults();
        return List.of(defaults, defaults.with(LEARNING_RATE, 0.02), defaults.with(LEARNING_RATE, 0.4));
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return PreparationPlan.forLinear();
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        int epochs = configuration.get(EPOCHS);
        double parameters = Entries.width(shape) * shape.task().outputs();
        return SgdCost.estimate(SgdCost.linearRow(shape), epochs, parameters, shape);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        Problem problem = Problem.of(data);
        LinearSgdModel model = new LinearSgdModel(
                problem.shape(data.features()), problem.loss().start());
        double rate = configuration.get(LEARNING_RATE);
        return new SgdTraining(data, context, model, problem.loss(), rate, configuration.get(EPOCHS)).fit();
    }
}
