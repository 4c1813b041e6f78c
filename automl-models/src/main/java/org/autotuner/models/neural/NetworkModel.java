package org.autotuner.models.neural;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FittedModel;
import org.autotuner.models.torch.NamedWeights;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.score.Scorer;
import org.autotuner.score.VotingScorer;

/**
 * A trained network, as it was after some of its epochs. A scorer is made when it is asked for, since of all these epochs one
 * is used.
 *
 * @param epochs ascending
 * @param weights after each of these epochs, of each network
 * @param curve its error after each; empty without validation rows
 */
record NetworkModel(
        NetworkDesign design,
        NetworkGoal goal,
        List<Integer> epochs,
        List<List<NamedWeights>> weights,
        ErrorCurve curve)
        implements FittedModel {

    NetworkModel {
        epochs = List.copyOf(epochs);
        weights = List.copyOf(weights);
    }

    @Override
    public Scorer scorer() {
        return made(epochs.size() - 1);
    }

    /** The network after the last kept epoch of at most so many. */
    @Override
    public Scorer scorer(int steps) {
        int chosen = 0;
        while (chosen + 1 < epochs.size() && epochs.get(chosen + 1) <= steps) {
            chosen++;
        }
        return made(chosen);
    }

    private Scorer made(int epoch) {
        List<Scorer> networks = new ArrayList<>();
        for (NamedWeights one : weights.get(epoch)) {
            networks.add(NetworkExport.of(design, goal, one));
        }
        return networks.size() == 1 ? networks.get(0) : VotingScorer.of(networks);
    }
}
