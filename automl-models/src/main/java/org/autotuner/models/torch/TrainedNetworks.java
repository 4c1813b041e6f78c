package org.autotuner.models.torch;

import java.util.List;
import java.util.function.Function;
import org.autotuner.model.ErrorCurve;
import org.autotuner.model.FittedModel;
import org.autotuner.score.Scorer;

/**
 * Networks that were trained together, as they were after some of their epochs.
 *
 * @param epochs ascending
 * @param weights after each of these epochs, of each network
 * @param curve their error after each; empty without validation rows
 * @param export turns the networks of one epoch into plain Java
 */
public record TrainedNetworks(
        List<Integer> epochs,
        List<List<NamedWeights>> weights,
        ErrorCurve curve,
        Function<List<NamedWeights>, Scorer> export)
        implements FittedModel {

    public TrainedNetworks {
        epochs = List.copyOf(epochs);
        weights = List.copyOf(weights);
    }

    @Override
    public Scorer scorer() {
        return steps().scorer();
    }

    /** The networks after the last kept epoch of at most so many. */
    @Override
    public Scorer scorer(int steps) {
        return steps().scorer(steps);
    }

    private FittedModel steps() {
        return FittedModel.ofSteps(curve, epochs, epochs.size() - 1, epoch -> export.apply(weights.get(epoch)));
    }
}
