package org.autotuner.models.tree;

import java.util.List;
import org.autotuner.model.Constraints;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.models.rounds.BoosterEncoding;
import org.autotuner.models.rounds.BoostingLoop;
import org.autotuner.models.rounds.Rounds;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.space.Configuration;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Gradient boosted trees, symmetric or leaf-wise, with ordered statistics of categories, in plain Java (Prokhorenkova and others: CatBoost,
 * NeurIPS 2018, arXiv 1706.09516). Rounds are chosen by early stopping; the deadline is asked within each tree; equal data,
 * settings and seed give equal models for any number of threads. Stateless and thread-safe.
 */
public final class OrderedBoostingFamily implements ModelFamily {

    /** As CatBoost: of two alone the residuals of the third, which decides the leaves, are hardly lowered any more after some time. */
    private static final int ORDERS = 3;

    private final @Nullable ValueLoss loss;

    /** For all tasks; of real values the loss follows the metric. */
    public OrderedBoostingFamily() {
        this.loss = null;
    }

    /** Lowers this where a real value is predicted. */
    public OrderedBoostingFamily(ValueLoss loss) {
        this.loss = loss;
    }

    @Override
    public String id() {
        return "ordered-boosting";
    }

    @Override
    public boolean supports(Task task) {
        return true;
    }

    /** Along numbers, and for one value or two classes. */
    @Override
    public boolean obeys(Constraints constraints) {
        return true;
    }

    @Override
    public SearchSpace space(DataShape shape) {
        return OrderedBoostingSpace.of(shape);
    }

    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        return OrderedBoostingSpace.startingPoints(shape);
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        boolean hasCodes =
                configuration.getOrDefault(OrderedBoostingSpace.WHOLE_NUMBERS).equals("codes");
        return BoosterEncoding.withArithmetic(PreparationPlan.forTrees().withAllCodes(hasCodes), configuration);
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double rounds = Rounds.expected(configuration.get(OrderedBoostingSpace.LEARNING_RATE), shape.task());
        int outputs = shape.task().outputs();
        double statistics = statistics(configuration, shape);
        double numbers = shape.columns() + shape.textNumbers() + BoosterEncoding.results(configuration);
        double columns = Math.max(4, numbers) + statistics;
        double growth = OrderedBoostingSpace.isSymmetric(configuration)
                ? 1
                : 1.3 * Math.sqrt(configuration.getOrDefault(OrderedBoostingSpace.LEAVES) / 31.0);
        double perRound = shape.rows() * (columns * 5e-9 + 90e-9) * outputs * growth + 1e-3;
        double setup = 0.02 + shape.rows() * ((columns - statistics) * 100e-9 + statistics * (ORDERS + 1) * 150e-9);
        HeapUse use = HeapUse.of(shape);
        double plain = columns - statistics;
        long prefixes = OrderedBoostingSpace.isOrdered(configuration) ? use.prefixMargins(ORDERS) : 0;
        long bytes = OrderedBoostingSpace.isSymmetric(configuration)
                ? use.symmetric(
                        plain, statistics, configuration.getOrDefault(OrderedBoostingSpace.DEPTH), ORDERS + 1, rounds)
                : use.leafWise(
                        plain,
                        statistics,
                        configuration.getOrDefault(OrderedBoostingSpace.LEAVES),
                        configuration.getOrDefault(OrderedBoostingSpace.MIN_ROWS),
                        ORDERS + 1,
                        rounds);
        return new CostEstimate(setup + rounds * perRound, bytes + prefixes, true);
    }

    /**
     * How many columns of statistics to expect, of each category of many levels and each combination a count and one per target.
     * How many combinations tell anything only the data knows: a third of what is possible is a guess.
     */
    private static double statistics(Configuration configuration, DataShape shape) {
        boolean hasCodes =
                configuration.getOrDefault(OrderedBoostingSpace.WHOLE_NUMBERS).equals("codes");
        double perCategory = shape.levels() / Math.max(1.0, shape.categoricalColumns());
        double share = Math.min(1, perCategory / (2.0 * configuration.getOrDefault(OrderedBoostingSpace.ONE_HOT)));
        double large = share * shape.categoricalColumns() + (hasCodes ? shape.wholeColumns() / 2.0 : 0);
        int targets = StatisticTargets.count(shape.task());
        double pairs = large * (large - 1) / 2;
        double together =
                Math.min((double) configuration.getOrDefault(OrderedBoostingSpace.COMBINATIONS) / targets, pairs / 3);
        return (large + Math.max(0, together)) * (1 + targets);
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        return configuration.with(
                OrderedBoostingSpace.LEARNING_RATE,
                TimeShare.learningRate(
                        rows -> booster(rows, configuration, context),
                        data,
                        context,
                        configuration.get(OrderedBoostingSpace.LEARNING_RATE)));
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return BoostingLoop.fit(
                rows -> booster(rows, configuration, context),
                data,
                context,
                configuration.get(OrderedBoostingSpace.LEARNING_RATE));
    }

    private static GrowthSettings growth(Configuration configuration) {
        return new GrowthSettings(
                configuration.getOrDefault(OrderedBoostingSpace.LEAVES),
                0,
                false,
                configuration.getOrDefault(OrderedBoostingSpace.MIN_ROWS),
                1e-3,
                configuration.get(OrderedBoostingSpace.L2),
                0,
                10,
                10);
    }

    private OrderedBooster booster(TrainingData data, Configuration configuration, FitContext context) {
        OrderedBooster.Settings settings = new OrderedBooster.Settings(
                configuration.get(OrderedBoostingSpace.LEARNING_RATE),
                configuration.getOrDefault(OrderedBoostingSpace.DEPTH),
                OrderedBoostingSpace.isSymmetric(configuration) ? null : growth(configuration),
                configuration.get(OrderedBoostingSpace.L2),
                Bins.MOST_CUTS,
                configuration.getOrDefault(OrderedBoostingSpace.ONE_HOT),
                configuration.getOrDefault(OrderedBoostingSpace.COMBINATIONS),
                ORDERS,
                OrderedBoostingSpace.isOrdered(configuration),
                configuration.getOrDefault(OrderedBoostingSpace.TEMPERATURE),
                configuration.getOrDefault(OrderedBoostingSpace.FEATURES),
                (loss == null ? ValueLoss.of(context.metric()) : loss).on(data));
        return OrderedBooster.of(data, settings, context);
    }
}
