package org.autotuner.models.image;

import java.util.List;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FittedModel;
import org.autotuner.models.torch.NamedWeights;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.score.Scorer;

/**
 * A trained network, as it was after some of its epochs.
 *
 * @param epochs ascending
 * @param weights after each of these epochs
 * @param curve its error after each; empty without validation rows
 */
record ImageModel(
        ImageDesign design, NetworkGoal goal, List<Integer> epochs, List<NamedWeights> weights, ErrorCurve curve)
        implements FittedModel {

    ImageModel {
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
        return ImageExport.of(design, goal, weights.get(epoch));
    }
}
