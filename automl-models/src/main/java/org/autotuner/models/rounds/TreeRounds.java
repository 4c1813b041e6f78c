package org.autotuner.models.rounds;

import org.autotuner.model.FittedModel;
import org.autotuner.score.Scorer;
import org.autotuner.score.TreeEnsemble;

/** Trees as a model whose steps are their rounds. */
public record TreeRounds(TreeEnsemble ensemble) implements FittedModel {

    @Override
    public Scorer scorer() {
        return ensemble;
    }

    @Override
    public Scorer scorer(int steps) {
        return ensemble.truncate(steps);
    }
}
