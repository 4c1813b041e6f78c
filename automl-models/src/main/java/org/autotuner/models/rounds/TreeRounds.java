package org.autotuner.models.rounds;

import java.util.function.IntFunction;
import org.autotuner.model.FittedModel;
import org.autotuner.score.Scorer;
import org.autotuner.score.TreeEnsemble;

/**
 * Trees as a model whose steps are their rounds.
 *
 * @param first the scorer of the first rounds
 */
public record TreeRounds(Scorer whole, IntFunction<? extends Scorer> first) implements FittedModel {

    public TreeRounds(TreeEnsemble ensemble) {
        this(ensemble, ensemble::truncate);
    }

    @Override
    public Scorer scorer() {
        return whole;
    }

    @Override
    public Scorer scorer(int steps) {
        return first.apply(steps);
    }
}
