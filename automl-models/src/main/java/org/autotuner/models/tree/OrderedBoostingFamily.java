package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.model.Constraints;
import org.autotuner.model.CostEstimate;
import org.autotuner.model.DataShape;
import org.autotuner.model.FitContext;
import org.autotuner.model.FittedModel;
import org.autotuner.model.ModelFamily;
import org.autotuner.model.TrainingData;
import org.autotuner.models.rounds.BoostingLoop;
import org.autotuner.models.rounds.Rounds;
import org.autotuner.prepare.Preparation;
import org.autotuner.prepare.PreparationPlan;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Gradient boosted trees, symmetric or leaf-wise, with ordered statistics of categories, in plain Java (Prokhorenkova and others: CatBoost,
 * NeurIPS 2018, arXiv 1706.09516). Rounds are chosen by early stopping; the deadline is asked within each tree; equal data,
 * settings and seed give equal models for any number of threads. Stateless and thread-safe.
 */
public final class OrderedBoostingFamily implements ModelFamily {

    static final RealParameter LEARNING_RATE =
            Parameter.reals("learning_rate", 0.005, 0.3).log().withDefault(0.06);
    static final IntParameter DEPTH = Parameter.ints("depth", 4, 8).withDefault(6);
    static final IntParameter LEAVES = Parameter.ints("num_leaves", 6, 96).log().withDefault(31);
    static final IntParameter MIN_ROWS =
            Parameter.ints("min_data_in_leaf", 1, 64).log().withDefault(20);

    /** As in CatBoost, whose trees need not be symmetric either; a search that has both makes ensembles of both. */
    static final ChoiceParameter<String> GROW_POLICY = Parameter.choice("grow_policy", "symmetric", "leaf_wise")
            .when("symmetric", SearchSpace.of(DEPTH))
            .when("leaf_wise", SearchSpace.of(LEAVES, MIN_ROWS));

    static final RealParameter L2 =
            Parameter.reals("l2_leaf_reg", 1e-4, 10).log().withDefault(3.0);
    static final RealParameter TEMPERATURE = Parameter.reals("bagging_temperature", 0, 1);
    static final RealParameter FEATURES = Parameter.reals("rsm", 0.3, 1);
    static final IntParameter ONE_HOT =
            Parameter.ints("one_hot_max_size", 2, 64).log().withDefault(4);

    static final IntParameter COMBINATIONS =
            Parameter.ints("combinations", 0, 64).withDefault(48);

    /**
     * Whether questions are chosen by gradients of models that have not seen the row, or of the one model. On sixteen splits each
     * of four small tables the first did not err less on the mean (decision 0025), so it is a starting point for few rows only.
     */
    static final OrdinalParameter<String> BOOSTING_TYPE = Parameter.ordinal("boosting_type", "plain", "ordered");

    /** Whether whole numbers that behave like categories get statistics, too. */
    static final OrdinalParameter<String> WHOLE_NUMBERS = Parameter.ordinal("whole_numbers", "plain", "codes");

    /** Fewer rows do not tell categories from numbers well. */
    private static final int FEW_ROWS = 1_000;
    /** Of more, a row's own target hardly moves the model that judges it. */
    private static final int MOST_ORDERED_ROWS = 2_000;
    /** From so many on, values need no random weights to keep trees from learning them by heart. */
    private static final int MANY_ROWS = 5_000;

    private static final int CUTS = 253;
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
        boolean isCalm = !shape.task().isClassification() && shape.rows() >= MANY_ROWS;
        List<Parameter<?>> parameters = new ArrayList<>(List.of(
                LEARNING_RATE,
                GROW_POLICY,
                L2,
                TEMPERATURE.withDefault(isCalm ? 0.1 : 1.0),
                FEATURES.withDefault(features(shape))));
        // Where they change nothing, parameters would be axes along which the search learns nothing.
        if (shape.categoricalColumns() + shape.wholeColumns() > 0) {
            parameters.add(ONE_HOT);
            parameters.add(COMBINATIONS);
        }
        if (shape.task().isClassification() && shape.rows() < MOST_ORDERED_ROWS) {
            parameters.add(BOOSTING_TYPE);
        }
        // Levels of a number do not keep to its order, and for many classes each has many statistics.
        boolean hasFewClasses = shape.task().outputs() <= 3;
        if (shape.wholeColumns() > 0 && hasFewClasses && shape.constraints().isNone()) {
            parameters.add(WHOLE_NUMBERS.withDefault(wholeNumbers(shape)));
        }
        return SearchSpace.of(parameters);
    }

    /** Of many columns half are enough for one tree: it takes half the time, and trees differ more. */
    private static double features(DataShape shape) {
        return shape.columns() >= 20 ? 0.5 : shape.columns() >= 8 ? 0.7 : 1;
    }

    /** After the tuned defaults of pytabkit (Holzmueller and others, arXiv 2407.04491) and the ranges of TabArena. */
    @Override
    public List<Configuration> startingPoints(DataShape shape) {
        SearchSpace space = space(shape);
        boolean isClasses = shape.task().isClassification();
        String usual = wholeNumbers(shape);
        String other = usual.equals("plain") ? "codes" : "plain";
        return List.of(
                space.defaults(),
                leafWise(space.defaults().with(LEARNING_RATE, 0.05).with(TEMPERATURE, isClasses ? 1.0 : 0.0), 31, 20),
                symmetric(point(space, isClasses ? 0.08 : 0.09, 1e-2, 0.3, 0.9, 10, 48, usual), isClasses ? 7 : 8),
                leafWise(point(space, 0.05, 1, 0.3, 0.5, 2, 64, other), 16, 5),
                symmetric(point(space, 0.05, 1, 0.5, 0.85, 2, 64, other), isClasses ? 8 : 7),
                ordered(symmetric(point(space, 0.05, 5, 1, 1, 4, 0, usual), 4)),
                symmetric(point(space, 0.04, 0.3, 0.2, 0.7, 2, 24, other), 6));
    }

    private static String wholeNumbers(DataShape shape) {
        return shape.rows() < FEW_ROWS ? "plain" : "codes";
    }

    private static Configuration symmetric(Configuration point, int depth) {
        return point.with(GROW_POLICY, "symmetric").with(DEPTH, depth);
    }

    private static Configuration leafWise(Configuration point, int leaves, int least) {
        return point.without(DEPTH.name())
                .with(GROW_POLICY, "leaf_wise")
                .with(LEAVES, leaves)
                .with(MIN_ROWS, least);
    }

    private static Configuration ordered(Configuration point) {
        return point.has(BOOSTING_TYPE) ? point.with(BOOSTING_TYPE, "ordered") : point;
    }

    private static boolean isOrdered(Configuration configuration) {
        return configuration.getOrDefault(BOOSTING_TYPE).equals("ordered");
    }

    private static boolean isSymmetric(Configuration configuration) {
        return configuration.getOrDefault(GROW_POLICY).equals("symmetric");
    }

    private static Configuration point(
            SearchSpace space,
            double rate,
            double l2,
            double temperature,
            double features,
            int oneHot,
            int combinations,
            String wholeNumbers) {
        Configuration point = space.defaults()
                .with(LEARNING_RATE, rate)
                .with(L2, l2)
                .with(TEMPERATURE, temperature)
                .with(FEATURES, features);
        if (point.has(ONE_HOT)) {
            point = point.with(ONE_HOT, oneHot).with(COMBINATIONS, combinations);
        }
        return point.has(WHOLE_NUMBERS) ? point.with(WHOLE_NUMBERS, wholeNumbers) : point;
    }

    @Override
    public Preparation preparation(Configuration configuration, DataShape shape) {
        return PreparationPlan.forTrees()
                .withAllCodes(configuration.getOrDefault(WHOLE_NUMBERS).equals("codes"));
    }

    @Override
    public CostEstimate cost(Configuration configuration, DataShape shape) {
        double rounds = Rounds.expected(configuration.get(LEARNING_RATE), shape.task());
        int outputs = shape.task().outputs();
        double statistics = statistics(configuration, shape);
        double columns = Math.max(4, shape.columns() + 40.0 * shape.textColumns()) + statistics;
        double growth = isSymmetric(configuration) ? 1 : 1.3 * Math.sqrt(configuration.getOrDefault(LEAVES) / 31.0);
        double perRound = shape.rows() * (columns * 5e-9 + 90e-9) * outputs * growth + 1e-3;
        double setup = 0.02 + shape.rows() * ((columns - statistics) * 100e-9 + statistics * (ORDERS + 1) * 150e-9);
        HeapUse use = HeapUse.of(shape);
        double plain = columns - statistics;
        long prefixes = isOrdered(configuration) ? use.prefixMargins(ORDERS) : 0;
        long bytes = isSymmetric(configuration)
                ? use.symmetric(plain, statistics, configuration.getOrDefault(DEPTH), ORDERS + 1, rounds)
                : use.leafWise(
                        plain,
                        statistics,
                        configuration.getOrDefault(LEAVES),
                        configuration.getOrDefault(MIN_ROWS),
                        ORDERS + 1,
                        rounds);
        return new CostEstimate(setup + rounds * perRound, bytes + prefixes, true);
    }

    /**
     * How many columns of statistics to expect, of each category of many levels and each combination a count and one per target.
     * How many combinations tell anything only the data knows: a third of what is possible is a guess.
     */
    private static double statistics(Configuration configuration, DataShape shape) {
        boolean hasCodes = configuration.getOrDefault(WHOLE_NUMBERS).equals("codes");
        double perCategory = shape.levels() / Math.max(1.0, shape.categoricalColumns());
        double share = Math.min(1, perCategory / (2.0 * configuration.getOrDefault(ONE_HOT)));
        double large = share * shape.categoricalColumns() + (hasCodes ? shape.wholeColumns() / 2.0 : 0);
        int targets = OrderedColumns.targets(shape.task().outputs());
        double pairs = large * (large - 1) / 2;
        double together = Math.min((double) configuration.getOrDefault(COMBINATIONS) / targets, pairs / 3);
        return (large + Math.max(0, together)) * (1 + targets);
    }

    @Override
    public Configuration adapt(Configuration configuration, TrainingData data, FitContext context) {
        return configuration.with(
                LEARNING_RATE,
                TimeShare.learningRate(
                        rows -> booster(rows, configuration, context),
                        data,
                        context,
                        configuration.get(LEARNING_RATE)));
    }

    @Override
    public FittedModel fit(TrainingData data, Configuration configuration, FitContext context) {
        return BoostingLoop.fit(
                rows -> booster(rows, configuration, context), data, context, configuration.get(LEARNING_RATE));
    }

    private static GrowthSettings growth(Configuration configuration) {
        return new GrowthSettings(
                configuration.getOrDefault(LEAVES),
                0,
                false,
                configuration.getOrDefault(MIN_ROWS),
                1e-3,
                configuration.get(L2),
                0,
                10,
                10);
    }

    private OrderedBooster booster(TrainingData data, Configuration configuration, FitContext context) {
        OrderedBooster.Settings settings = new OrderedBooster.Settings(
                configuration.get(LEARNING_RATE),
                configuration.getOrDefault(DEPTH),
                isSymmetric(configuration) ? null : growth(configuration),
                configuration.get(L2),
                CUTS,
                configuration.getOrDefault(ONE_HOT),
                configuration.getOrDefault(COMBINATIONS),
                ORDERS,
                isOrdered(configuration),
                configuration.getOrDefault(TEMPERATURE),
                configuration.getOrDefault(FEATURES),
                (loss == null ? ValueLoss.of(context.metric()) : loss).on(data));
        return OrderedBooster.of(data, settings, context);
    }
}
