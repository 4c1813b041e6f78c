package org.autotuner.examples.bench.train;

import java.util.ArrayList;
import java.util.List;
import org.autotuner.budget.Deadline;
import org.autotuner.models.torch.Activate;
import org.autotuner.models.torch.Dense;
import org.autotuner.models.torch.Dropout;
import org.autotuner.models.torch.Inputs;
import org.autotuner.models.torch.Layer;
import org.autotuner.models.torch.NamedWeights;
import org.autotuner.models.torch.NetworkPlan;
import org.autotuner.models.torch.RawNumbers;
import org.autotuner.models.torch.ScriptLearner;
import org.autotuner.score.Activation;
import org.autotuner.train.EpochListener;
import org.autotuner.train.Loss;
import org.autotuner.train.TrainingLoop;
import org.autotuner.train.TrainingSettings;
import org.autotuner.train.UpdateRule;

/** Ours: the training loop over a generated script, of one network or of several at once. */
public final class ScriptTraining implements Training {

    private final TrainingSettings settings;
    private final ScriptLearner learner;

    public ScriptTraining(TrainRows rows, ComparedNetwork network, int networks, long seed) {
        settings = TrainingSettings.of(Loss.crossEntropy())
                .withEpochs(1)
                .withBatch(network.batch())
                .withRate(network.rate())
                .withUpdate(UpdateRule.adamW(network.decay()))
                .withSeed(seed);
        int h = network.hidden();
        List<Layer> layers = new ArrayList<>();
        layers.add(new Inputs(rows.width(), new RawNumbers(), List.of(), 0));
        layers.add(Dense.uniform("layer1", rows.width(), h));
        layers.add(new Activate(Activation.RELU, ""));
        layers.add(new Dropout(network.dropout()));
        layers.add(Dense.uniform("layer2", h, h));
        layers.add(new Activate(Activation.RELU, ""));
        layers.add(new Dropout(network.dropout()));
        layers.add(Dense.uniform("layer3", h, rows.classes()));
        NetworkPlan plan = new NetworkPlan(rows.width(), 0, layers, rows.classes(), 1, networks);
        learner = ScriptLearner.of(plan, rows.inputs(), rows.targets(), null, settings);
    }

    @Override
    public double stepsPerSecond() {
        long start = System.nanoTime();
        new TrainingLoop(settings).run(learner, null, EpochListener.NONE, Deadline.never());
        double seconds = (System.nanoTime() - start) * 1e-9;
        return learner.members() * Math.ceil((double) learner.rows() / settings.batch()) / seconds;
    }

    /** Weights of the first network, layer by layer: [out, in] and [out], as other libraries have them. */
    public List<float[]> weights() {
        NamedWeights named = learner.named(learner.weights(), 0);
        List<float[]> weights = new ArrayList<>();
        for (int layer = 1; layer <= 3; layer++) {
            float[] bias = named.get("layer" + layer + ".bias");
            float[] matrix = named.get("layer" + layer + ".weight");
            int out = bias.length;
            int in = matrix.length / out;
            float[] turned = new float[matrix.length];
            for (int i = 0; i < in; i++) {
                for (int o = 0; o < out; o++) {
                    turned[o * in + i] = matrix[i * out + o];
                }
            }
            weights.add(turned);
            weights.add(bias);
        }
        return weights;
    }

    @Override
    public void close() {
        learner.close();
    }
}
