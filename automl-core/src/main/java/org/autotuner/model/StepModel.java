package org.autotuner.model;

import java.util.List;
import java.util.function.IntFunction;
import org.autotuner.score.Scorer;

/**
 * A model as it was after some of its steps.
 *
 * @param kept ascending numbers of steps
 * @param whole position of the steps that the whole model has
 * @param made the scorer of a position
 */
record StepModel(ErrorCurve curve, List<Integer> kept, int whole, IntFunction<? extends Scorer> made)
        implements FittedModel {

    StepModel {
        kept = List.copyOf(kept);
    }

    @Override
    public Scorer scorer() {
        return made.apply(whole);
    }

    @Override
    public Scorer scorer(int steps) {
        int chosen = 0;
        while (chosen + 1 < kept.size() && kept.get(chosen + 1) <= steps) {
            chosen++;
        }
        return made.apply(chosen);
    }
}
