package org.autotuner.models.boost;

import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FittedModel;
import org.autotuner.score.Scorer;
import org.autotuner.score.TreeEnsemble;

/** Trees that can be cut after any round. */
record BoostedModel(TreeEnsemble trees, ErrorCurve curve) implements FittedModel {

    @Override
    public Scorer scorer() {
        return trees;
    }

    @Override
    public Scorer scorer(int steps) {
        return trees.truncate(steps);
    }
}
