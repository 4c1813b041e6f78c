package org.autotuner.models.boost;

import org.autotuner.prepare.PreparationPlan;
import org.autotuner.space.OrdinalParameter;
import org.autotuner.space.Parameter;

/** How categories reach a booster, as a hyperparameter: as codes, as target statistics, or as these with pairs. */
final class BoosterEncoding {

    static final OrdinalParameter<String> ENCODING = Parameter.ordinal("encoding", "codes", "statistics", "pairs");

    private BoosterEncoding() {}

    static PreparationPlan plan(String encoding) {
        return switch (encoding) {
            case "codes" -> PreparationPlan.forTrees();
            case "statistics" -> PreparationPlan.forTrees().withTargetStatistics(false);
            case "pairs" -> PreparationPlan.forTrees().withTargetStatistics(true);
            default -> throw new IllegalArgumentException("There is no encoding '%s'.".formatted(encoding));
        };
    }
}
