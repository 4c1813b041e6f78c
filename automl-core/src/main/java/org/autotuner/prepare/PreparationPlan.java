package org.autotuner.prepare;

import org.autotuner.data.Table;
import org.autotuner.task.Target;
import org.autotuner.task.Weights;

/** The built-in preparation, composed of options. Immutable and thread-safe. */
public final class PreparationPlan implements Preparation {

    private final String id;

    private PreparationPlan(String id) {
        this.id = id;
    }

    /**
     * For trees: numbers as they are with NaN for missing, low-cardinality categories as codes (categorical
     * features, cardinality at most {@code maxCodes}), high-cardinality ones as ordered target statistics and
     * frequencies, dates expanded, text counted.
     */
    public static PreparationPlan forTrees() {
        return new PreparationPlan("trees");
    }

    /** For linear models: sparse one-hot with a rare level, robustly scaled and imputed numbers with indicators. */
    public static PreparationPlan forLinear() {
        return new PreparationPlan("linear");
    }

    /** For kernels and neighbours: all dense and scaled, one-hot where few levels, target statistics where many. */
    public static PreparationPlan forKernels() {
        return new PreparationPlan("kernels");
    }

    /** Adds out-of-fold ordered target statistics of categories, and of pairs of them if asked. */
    public PreparationPlan withTargetStatistics(boolean pairs) {
        return new PreparationPlan(id + (pairs ? "+ts2" : "+ts"));
    }

    /** Encodes every category as numbers only (no categorical features), for boosters without native categories. */
    public PreparationPlan withoutCodes() {
        return new PreparationPlan(id + "-codes");
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Prepared fit(Table features, Target target, Weights weights, PrepareContext context) {
        throw new UnsupportedOperationException("written by the owner of this package");
    }
}
