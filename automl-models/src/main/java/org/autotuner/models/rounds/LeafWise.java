package org.autotuner.models.rounds;

import org.autotuner.model.DataShape;
import org.autotuner.space.ChoiceParameter;
import org.autotuner.space.Configuration;
import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;
import org.autotuner.space.SearchSpace;
import org.autotuner.task.QuantileTask;

/**
 * What is searched of trees that grow leaf by leaf, with native code or without: LightGBM's names and defaults, ranges after
 * TabArena.
 */
public final class LeafWise {

    public static final RealParameter LEARNING_RATE =
            Parameter.reals("learning_rate", 0.005, 0.3).log().withDefault(0.05);
    public static final IntParameter LEAVES =
            Parameter.ints("num_leaves", 2, 256).log().withDefault(31);
    public static final IntParameter MIN_ROWS =
            Parameter.ints("min_data_in_leaf", 1, 64).log().withDefault(20);
    public static final RealParameter FEATURES =
            Parameter.reals("feature_fraction", 0.4, 1).withDefault(1.0);
    public static final RealParameter ROWS =
            Parameter.reals("bagging_fraction", 0.5, 1).withDefault(1.0);
    public static final RealParameter L2 = Parameter.reals("lambda_l2", 0, 2).withDefault(0.0);

    /** Ridge penalty of the lines in leaves. */
    public static final RealParameter LINE_L2 =
            Parameter.reals("linear_lambda", 0.01, 100).log().withDefault(0.3);

    public static final String CONSTANT = "constant";
    public static final String LINEAR = "linear";
    /** What a leaf holds: a number, or a straight line in the numeric features on the way to it. */
    public static final ChoiceParameter<String> LEAF =
            Parameter.choice("leaf", CONSTANT, LINEAR).when(LINEAR, SearchSpace.of(LINE_L2));

    private LeafWise() {}

    /** Whether leaves may hold lines: these need numbers, and quantiles are looked up in leaves, not fitted. */
    public static boolean hasLines(DataShape shape) {
        return shape.numericColumns() > 0 && !(shape.task() instanceof QuantileTask);
    }

    /** The penalty of lines, or NaN for constant leaves. */
    public static double lineL2(Configuration configuration) {
        return configuration.getOrDefault(LEAF).equals(LINEAR) ? configuration.getOrDefault(LINE_L2) : Double.NaN;
    }

    /** The configuration with constant leaves. */
    public static Configuration constant(Configuration configuration) {
        return configuration.with(LEAF, CONSTANT);
    }

    /** The configuration with lines in leaves. */
    public static Configuration linear(Configuration configuration) {
        return configuration.with(LEAF, LINEAR).with(LINE_L2, LINE_L2.defaultValue());
    }
}
