package org.autotuner.models.rounds;

import org.autotuner.space.IntParameter;
import org.autotuner.space.Parameter;
import org.autotuner.space.RealParameter;

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

    private LeafWise() {}
}
