package org.autotuner.models.boost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.autotuner.model.DataShape;
import org.autotuner.models.rounds.BoosterEncoding;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;

/**
 * XGBoost's hyperparameters: the ranges of TabArena's space, widened by what the starting points need. The starting
 * points are AutoGluon's default, the tuned defaults of Holzmueller et al. (arXiv 2407.04491) and rows of AutoGluon's
 * zero-shot portfolio of 2023.
 */
final class XgBoostSpace {

    /** Above it boosting loses more than the time is worth. */
    static final double MAX_RATE = 0.3;

    static final int MIN_DEPTH = 4;

    static final RealParameter LEARNING_RATE =
            Parameter.reals("learning_rate", 0.005, MAX_RATE).log().withDefault(0.1);
    static final IntParameter MAX_DEPTH =
            Parameter.ints("max_depth", MIN_DEPTH, 10).log().withDefault(6);
    static final RealParameter MIN_CHILD_WEIGHT =
            Parameter.reals("min_child_weight", 1e-6, 10).log().withDefault(1);
    static final RealParameter SUBSAMPLE = Parameter.reals("subsample", 0.5, 1).withDefault(1);
    static final RealParameter BY_TREE =
            Parameter.reals("colsample_bytree", 0.4, 1).withDefault(1);
    static final RealParameter BY_LEVEL =
            Parameter.reals("colsample_bylevel", 0.6, 1).withDefault(1);
    static final RealParameter BY_NODE =
            Parameter.reals("colsample_bynode", 0.6, 1).withDefault(1);
    static final RealParameter ALPHA = Parameter.reals("reg_alpha", 0, 5).withDefault(0);
    static final RealParameter LAMBDA = Parameter.reals("reg_lambda", 0, 5).withDefault(1);
    static final IntParameter MAX_LEAVES =
            Parameter.ints("max_leaves", 8, 1024).log().withDefault(64);
    static final ChoiceParameter<String> GROW_POLICY =
            Parameter.choice("grow_policy", "depthwise", "lossguide").when("lossguide", SearchSpace.of(MAX_LEAVES));
    static final OrdinalParameter<String> ENCODING = BoosterEncoding.WITH_NUMBERS;

    private static final List<Parameter<?>> PARAMETERS = List.of(
            LEARNING_RATE,
            MAX_DEPTH,
            MIN_CHILD_WEIGHT,
            SUBSAMPLE,
            BY_TREE,
            BY_LEVEL,
            BY_NODE,
            ALPHA,
            LAMBDA,
            GROW_POLICY,
            ENCODING);

    /** Read by the preparation, not by XGBoost. */
    private static final Set<String> OURS = Set.of(ENCODING.name(), BoosterEncoding.ARITHMETIC.name());

    private XgBoostSpace() {}

    static SearchSpace of(DataShape shape) {
        List<Parameter<?>> parameters = new ArrayList<>(PARAMETERS);
        if (BoosterEncoding.hasArithmetic(shape)) {
            parameters.add(BoosterEncoding.ARITHMETIC);
        }
        return SearchSpace.of(parameters);
    }

    static List<Configuration> startingPoints(DataShape shape) {
        boolean categories = shape.categoricalColumns() > 0;
        boolean readings =
                categories || (shape.wholeColumns() > 0 && shape.task().outputs() <= 3);
        String other = readings ? "statistics" : "codes";
        String third = categories ? "numbers" : "codes";
        Configuration defaults = of(shape).defaults();
        List<Configuration> points = new ArrayList<>();
        points.add(defaults);
        points.add(BoosterEncoding.arithmetic(tuned(defaults, shape).with(ENCODING, other), true, shape));
        points.add(row(defaults, 0.0878, 5, 0.629, 0.663).with(ENCODING, third));
        points.add(row(defaults, 0.0929, 7, 0.804, 0.909).with(ENCODING, other));
        points.add(row(defaults, 0.0181, 10, 0.603, 0.692).with(ENCODING, third));
        points.add(row(defaults, 0.0384, 7, 0.556, 0.745).with(ENCODING, readings ? "pairs" : other));
        points.add(row(defaults, 0.0663, 5, 1.41, 0.976));
        points.add(row(defaults, 0.0294, 10, 1.15, 0.546).with(ENCODING, other));
        return List.copyOf(points);
    }

    private static Configuration tuned(Configuration defaults, DataShape shape) {
        if (shape.task().isClassification()) {
            return defaults.with(LEARNING_RATE, 0.08)
                    .with(MIN_CHILD_WEIGHT, 5e-6)
                    .with(LAMBDA, 0.0)
                    .with(SUBSAMPLE, 0.65)
                    .with(BY_LEVEL, 0.9);
        }
        return defaults.with(LEARNING_RATE, 0.05)
                .with(MAX_DEPTH, 9)
                .with(MIN_CHILD_WEIGHT, 2.0)
                .with(LAMBDA, 0.0)
                .with(SUBSAMPLE, 0.7);
    }

    private static Configuration row(Configuration defaults, double rate, int depth, double weight, double columns) {
        return defaults.with(LEARNING_RATE, rate)
                .with(MAX_DEPTH, depth)
                .with(MIN_CHILD_WEIGHT, weight)
                .with(BY_TREE, columns);
    }

    /** The same under XGBoost's names. */
    static Map<String, Object> parameters(Configuration configuration) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (String name : configuration.names()) {
            if (!OURS.contains(name)) {
                parameters.put(name, java.util.Objects.requireNonNull(configuration.value(name)));
            }
        }
        return parameters;
    }
}
