package org.autotuner.models.neural;

import java.util.List;
import org.autotuner.model.TrainingData;
import org.autotuner.models.torch.Layer;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.NetworkPlan;
import org.autotuner.models.torch.ScriptLearner;
import org.autotuner.prepare.FeatureMatrix;
import org.autotuner.train.TrainingSettings;
import org.jspecify.annotations.Nullable;

/**
 * A configuration made concrete for certain data: the network, and how it is trained.
 *
 * @param inputs which features it reads
 */
record NetworkDesign(NetworkInputs inputs, NetworkPlan plan, TrainingSettings settings) {

    /**
     * Layers over inputs.
     *
     * @param members that share a body
     * @param networks trained at once
     */
    static NetworkDesign of(
            NetworkInputs inputs,
            List<Layer> layers,
            int outputs,
            int members,
            int networks,
            TrainingSettings settings) {
        NetworkPlan plan = new NetworkPlan(
                inputs.numbers().length, inputs.categories().size(), layers, outputs, members, networks);
        return new NetworkDesign(inputs, plan, settings);
    }

    /** A learner of these rows that can also give its outputs for others. */
    ScriptLearner learner(TrainingData data, NetworkGoal goal, @Nullable FeatureMatrix evaluated) {
        return ScriptLearner.of(
                plan,
                inputs.rows(data.features()),
                goal.targets(data),
                evaluated == null ? null : inputs.rows(evaluated),
                settings);
    }

    NetworkDesign withSeed(long seed) {
        return new NetworkDesign(inputs, plan, settings.withSeed(seed));
    }

    /** Outputs per row, of all networks and members. */
    int parts() {
        return plan.networks() * plan.members();
    }
}
