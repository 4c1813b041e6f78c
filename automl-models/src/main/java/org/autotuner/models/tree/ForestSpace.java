package org.autotuner.models.tree;

import java.util.List;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.TrainingData;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.QuantileTask;

/**
 * What both kinds of forest share: TabArena's search space (autogluon/tabarena) without the criteria that hardly
 * matter, cost, and the number of trees that a time share allows.
 */
final class ForestSpace {

    static final OrdinalParameter<String> MAX_FEATURES =
            Parameter.ordinal("max_features", "sqrt", "third", "half", "all");
    static final IntParameter MIN_LEAF =
            Parameter.ints("min_samples_leaf", 1, 32).log().withDefault(1);
    static final IntParameter TREES = Parameter.ints("trees", 10, 500).log().withDefault(200);
    static final OrdinalParameter<String> ENCODING = Parameter.ordinal("encoding", "numbers", "statistics", "pairs");

    static final SearchSpace SPACE = SearchSpace.of(MAX_FEATURES, MIN_LEAF, TREES, ENCODING);

    private static final int TIMED_TREES = 2;
    private static final int MANY_ROWS = 10_000;

    private ForestSpace() {}

    /** Fully grown trees fit the noise of large tables; quantiles need several rows in each leaf. */
    static int defaultLeaf(DataShape shape) {
        if (shape.task() instanceof QuantileTask) {
            return 10;
        }
        return shape.rows() > MANY_ROWS && shape.task().outputs() == 1 ? 3 : 1;
    }

    static Configuration point(String features, int minLeaf, String encoding) {
        return SPACE.defaults()
                .with(MAX_FEATURES, features)
                .with(MIN_LEAF, minLeaf)
                .with(ENCODING, encoding);
    }

    static Preparation preparation(Configuration configuration) {
        PreparationPlan plan = PreparationPlan.forTrees().withoutCodes();
        return switch (configuration.get(ENCODING)) {
            case "statistics" -> plan.withTargetStatistics(false);
            case "pairs" -> plan.withTargetStatistics(true);
            default -> plan;
        };
    }

    static Forest.Settings settings(Configuration configuration, int width, boolean extra) {
        int tried =
                switch (configuration.get(MAX_FEATURES)) {
                    case "third" -> (width + 2) / 3;
                    case "half" -> (width + 1) / 2;
                    case "all" -> width;
                    default -> (int) Math.round(Math.sqrt(width));
                };
        return new Forest.Settings(configuration.get(TREES), Math.max(1, tried), configuration.get(MIN_LEAF), extra);
    }

    static CostEstimate cost(Configuration configuration, DataShape shape, boolean extra) {
        int width = (int)
                Math.ceil(Math.max(1, shape.numericColumns() + 3 * shape.categoricalColumns() + shape.textNumbers()));
        double rows = Math.min(shape.rows(), 250_000);
        double depth = Math.max(1, Math.log(rows / configuration.get(MIN_LEAF)) / Math.log(2) * 1.3);
        double tree = rows * depth * settings(configuration, width, extra).tried() * (extra ? 8e-9 : 14e-9);
        double nodes = Math.min(8e6, configuration.get(TREES) * rows / configuration.get(MIN_LEAF) * 0.6);
        double bytes = (double) shape.rows() * width * 5 + nodes * 40;
        return new CostEstimate(
                0.01 + shape.rows() * width * 40e-9 + configuration.get(TREES) * tree, (long) bytes, true);
    }

    /** As many trees as fit into the share, by timing two on the data. */
    static Configuration adapt(Configuration configuration, TrainingData data, FitContext context, boolean extra) {
        if (Double.isInfinite(context.secondsShare())) {
            return configuration;
        }
        long start = System.nanoTime();
        new Forest(data, settings(configuration, data.features().width(), extra).withTrees(TIMED_TREES))
                .fit(context.seed(), context.deadline());
        double seconds = (System.nanoTime() - start) * 1e-9 / TIMED_TREES;
        int affordable = (int) Math.min(TREES.high(), context.secondsShare() / seconds);
        int trees = Math.max(TREES.low(), Math.min(configuration.get(TREES), affordable));
        return configuration.with(TREES, trees);
    }

    static FittedModel fit(TrainingData data, Configuration configuration, FitContext context, boolean extra) {
        Forest.Settings settings = settings(configuration, data.features().width(), extra);
        return FittedModel.of(new Forest(data, settings).fit(context.seed(), context.deadline()));
    }

    static List<Configuration> encoded(List<Configuration> points, DataShape shape) {
        if (shape.categoricalColumns() > 0
                || (shape.wholeColumns() > 0 && shape.task().outputs() <= 3)) {
            return points;
        }
        return points.stream()
                .map(point -> point.with(ENCODING, "numbers"))
                .distinct()
                .toList();
    }
}
