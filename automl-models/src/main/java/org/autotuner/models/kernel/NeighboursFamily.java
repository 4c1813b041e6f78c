package org.autotuner.models.kernel;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.score.NeighboursScorer;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.BinaryTask;
import org.autotuner.task.QuantileTask;
import org.autotuner.task.Target;
import org.autotuner.task.Task;

/**
 * Nearest neighbours by Euclidean or Manhattan distance over scaled dense features. Beyond 20,000 rows a random sample of them
 * stands for all, which bounds the cost of a prediction. Class shares among the neighbours are mixed with the overall
 * shares by the weight of one neighbour, so that none is 0. Row weights are ignored, but rows of weight 0 are left
 * out. Fitting only copies; the cost counts the prediction of a fifth as many rows. Stateless and thread-safe.
 */
public final class NeighboursFamily implements ModelFamily {

    static final IntParameter NEIGHBOURS =
            Parameter.ints("neighbours", 1, 100).withDefault(15).log();
    static final ChoiceParameter<String> WEIGHTS = Parameter.choice("weights", "distance", "uniform");

    static final ChoiceParameter<String> METRIC = Parameter.choice("metric", "euclidean", "manhattan");

    private static final SearchSpace SPACE = SearchSpace.of(NEIGHBOURS, WEIGHTS, METRIC);
    private static final int MAX_ROWS = 50_000;
    private static final int MAX_PROTOTYPES = 20_000;
    private static final int MAX_WIDTH = 300;

    @Override
    public String id() {
        return "neighbours";
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    @Override
    public Optional<String> unsuitable(DataShape shape) {
        if (shape.rows() > MAX_ROWS) {
            return Optional.of(
                    "%d rows are too many to compare every row with (limit %d).".formatted(shape.rows(), MAX_ROWS));
        }
        if (shape.columns() > MAX_WIDTH) {
            return Optional.of(
                    "Distances mean little over %d columns (limit %d).".formatted(shape.columns(), MAX_WIDTH));
        }
        return Optional.empty();
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return SPACE;
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        Configuration defaults = SPACE.defaults();
        return List.of(defaults, defaults.with(NEIGHBOURS, 5).with(METRIC, "manhattan"), defaults.with(NEIGHBOURS, 50));
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return PreparationPlan.forKernels();
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double prototypes = Math.min(MAX_PROTOTYPES, shape.rows());
        double width = KernelWidth.of(shape);
        double seconds = 0.001 + shape.rows() / 5.0 * prototypes * (2e-9 + 0.5e-9 * width);
        double bytes = prototypes * (8 * width + 16.0 * shape.task().outputs());
        return new CostEstimate(seconds, (long) bytes, true);
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        context.deadline().check();
        int[] chosen = prototypes(data, context.seed());
        int neighbours = Math.min(chosen.length, configuration.get(NEIGHBOURS));
        FeatureMatrix rows = data.features().select(chosen);
        Target target = data.target().select(chosen);
        Task task = data.task();
        double[] targets = task.isClassification() ? shares(task, target, 1.0 / (neighbours + 1)) : values(target);
        boolean byDistance = configuration.get(WEIGHTS).equals("distance");
        int columns = task.isClassification() ? task.outputs() : 1;
        NeighboursScorer scorer = NeighboursScorer.of(
                rows.width(), neighbours, byDistance, Points.of(rows).values(), columns, targets);
        if (configuration.get(METRIC).equals("manhattan")) {
            scorer = scorer.withManhattan();
        }
        if (task instanceof QuantileTask quantile) {
            scorer = scorer.withQuantiles(
                    quantile.levels().stream().mapToDouble(Double::doubleValue).toArray());
        }
        return FittedModel.of(scorer);
    }

    private static int[] prototypes(TrainingData data, long seed) {
        int[] rows = java.util.stream.IntStream.range(0, data.rows())
                .filter(row -> data.weights().at(row) > 0)
                .toArray();
        if (rows.length <= MAX_PROTOTYPES) {
            return rows;
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < MAX_PROTOTYPES; i++) {
            int j = random.nextInt(i, rows.length);
            int swap = rows[i];
            rows[i] = rows[j];
            rows[j] = swap;
        }
        int[] chosen = java.util.Arrays.copyOf(rows, MAX_PROTOTYPES);
        java.util.Arrays.sort(chosen);
        return chosen;
    }

    /** Label indicators mixed with {@code extra} times the overall shares: the mean of neighbours is then never 0. */
    private static double[] shares(Task task, Target target, double extra) {
        int classes = task.labels().size();
        double[] overall = new double[classes];
        for (int row = 0; row < target.size(); row++) {
            overall[target.label(row)]++;
        }
        int outputs = task.outputs();
        double[] targets = new double[target.size() * outputs];
        for (int row = 0; row < target.size(); row++) {
            for (int k = 0; k < outputs; k++) {
                int label = task instanceof BinaryTask ? 1 : k;
                double share = (overall[label] + 0.5) / (target.size() + 0.5 * classes);
                targets[row * outputs + k] = extra * share + (target.label(row) == label ? 1 - extra : 0);
            }
        }
        return targets;
    }

    private static double[] values(Target target) {
        double[] values = new double[target.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = target.value(row);
        }
        return values;
    }
}
