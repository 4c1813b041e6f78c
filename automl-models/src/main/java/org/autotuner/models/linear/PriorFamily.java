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
import org.autotuner.score.ConstantScorer;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;
import org.autotuner.task.Weights;

/**
 * The same answer for every row: weighted class shares (half a row added per class, so that none is 0), the weighted
 * mean, or weighted quantiles. Looks at no feature and succeeds even after the deadline. Stateless and thread-safe.
 */
public final class PriorFamily implements ModelFamily {

    @Override
    public String id() {
        return "prior";
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SearchSpace.empty();
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        return List.of(Configuration.empty());
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return PreparationPlan.forTrees();
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        boolean sorts = shape.task() instanceof QuantileTask;
        return new CostEstimate((sorts ? 1e-6 : 1e-8) * shape.rows(), (sorts ? 32L : 0L) * shape.rows() + 1024, true);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return FittedModel.of(ConstantScorer.of(outputs(data.task(), data.target(), data.weights())));
    }

    private static double[] outputs(Task task, Target target, Weights weights) {
        if (task.isClassification()) {
            double[] shares =
                    ClassShares.smoothed(target, weights, task.labels().size());
            return task instanceof BinaryTask ? new double[] {shares[1]} : shares;
        }
        if (task instanceof QuantileTask quantile) {
            double[] values = new double[target.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = target.value(row);
            }
            return Quantiles.of(
                    values,
                    weights,
                    quantile.levels().stream().mapToDouble(Double::doubleValue).toArray());
        }
        double sum = 0;
        double total = 0;
        for (int row = 0; row < target.size(); row++) {
            sum += weights.at(row) * target.value(row);
            total += weights.at(row);
        }
        return new double[] {total > 0 ? sum / total : 0};
    }
}
