package org.autotuner.models.tree;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.model.DataShape;
import org.autotuner.models.rounds.BoosterEncoding;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;

/** What is searched of ordered boosting: the authors' names where they have one. */
final class OrderedBoostingSpace {

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

    private OrderedBoostingSpace() {}

    static SearchSpace of(DataShape shape) {
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
        if (BoosterEncoding.hasArithmetic(shape)) {
            parameters.add(BoosterEncoding.ARITHMETIC);
        }
        return SearchSpace.of(parameters);
    }

    /** Of many columns half are enough for one tree: it takes half the time, and trees differ more. */
    private static double features(DataShape shape) {
        return shape.columns() >= 20 ? 0.5 : shape.columns() >= 8 ? 0.7 : 1;
    }

    /** After the tuned defaults of pytabkit (Holzmueller and others, arXiv 2407.04491) and the ranges of TabArena. */
    static List<Configuration> startingPoints(DataShape shape) {
        SearchSpace space = of(shape);
        boolean isClasses = shape.task().isClassification();
        String usual = wholeNumbers(shape);
        String other = usual.equals("plain") ? "codes" : "plain";
        Configuration second = BoosterEncoding.arithmetic(space.defaults(), true, shape);
        return List.of(
                space.defaults(),
                leafWise(second.with(LEARNING_RATE, 0.05).with(TEMPERATURE, isClasses ? 1.0 : 0.0), 31, 20),
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

    static boolean isOrdered(Configuration configuration) {
        return configuration.getOrDefault(BOOSTING_TYPE).equals("ordered");
    }

    static boolean isSymmetric(Configuration configuration) {
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
}
