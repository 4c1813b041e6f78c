package org.autotuner.models.neural;

import java.util.List;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FittedModel;
import org.autotuner.score.Scorer;

/**
 * A trained network, as it was after some of its epochs.
 *
 * @param epochs ascending
 * @param scorers the network after each
 * @param curve its error after each; empty without validation rows
 */
record NetworkModel(List<Integer> epochs, List<Scorer> scorers, ErrorCurve curve) implements FittedModel {

    NetworkModel {
        epochs = List.copyOf(epochs);
        scorers = List.copyOf(scorers);
    }

    @Override
    public Scorer scorer() {
        return scorers.get(scorers.size() - 1);
    }

    /** The network after the last kept epoch of at most so many. */
    @Override
    public Scorer scorer(int steps) {
        int chosen = 0;
        while (chosen + 1 < epochs.size() && epochs.get(chosen + 1) <= steps) {
            chosen++;
        }
        return scorers.get(chosen);
    }
}
