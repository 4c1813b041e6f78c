package org.autotuner.models.neural;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autotuner.models.torch.Activate;
import org.autotuner.models.torch.BatchNorm;
import org.autotuner.models.torch.Dense;
import org.autotuner.models.torch.Inputs;
import org.autotuner.models.torch.Layer;
import org.autotuner.models.torch.MemberHeads;
import org.autotuner.models.torch.MemberScale;
import org.autotuner.models.torch.NamedWeights;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.PeriodicNumbers;
import org.autotuner.models.torch.PiecewiseNumbers;
import org.autotuner.models.torch.Scale;
import org.autotuner.score.Activation;
import org.autotuner.score.DenseNetwork;
import org.autotuner.score.DenseNetworkBuilder;
import org.autotuner.score.NumberEmbedding;
import org.autotuner.score.Scorer;
import org.autotuner.score.VotingScorer;
import org.jspecify.annotations.Nullable;

/**
 * Turns trained layers into a plain-Java network. Factors, and the fixed map that batch normalisation is after training, are
 * folded into the weights of the next linear layer.
 */
final class NetworkExport {

    private final NetworkInputs inputs;
    private final NetworkGoal goal;
    private final NamedWeights weights;
    private final DenseNetworkBuilder builder = DenseNetwork.builder();
    private float[] factors = {};
    private float[] shifts = {};
    private float[][] memberFactors = {};
    private @Nullable Pending pending;

    /** A linear layer whose activation is not known yet. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Pending(float[] matrix, float[] bias, Activation activation, float[] blend) {}

    private NetworkExport(NetworkInputs inputs, NetworkGoal goal, NamedWeights weights) {
        this.inputs = inputs;
        this.goal = goal;
        this.weights = weights;
    }

    static DenseNetwork of(NetworkDesign design, NetworkGoal goal, NamedWeights weights) {
        NetworkExport export = new NetworkExport(design.inputs(), goal, weights);
        design.plan().layers().forEach(export::add);
        return export.finish();
    }

    /** Several networks as one scorer, the mean of what each predicts. */
    static Scorer together(NetworkDesign design, NetworkGoal goal, List<NamedWeights> weights) {
        List<Scorer> networks = new ArrayList<>();
        weights.forEach(one -> networks.add(of(design, goal, one)));
        return networks.size() == 1 ? networks.get(0) : VotingScorer.of(networks);
    }

    private void add(Layer layer) {
        if (layer instanceof Inputs first) {
            addInputs(first);
        } else if (layer instanceof Dense dense) {
            add(dense);
        } else if (layer instanceof Activate activate) {
            Pending before = required(pending, "an activation without a linear layer");
            float[] blend = activate.blend().isEmpty() ? new float[0] : weights.get(activate.blend());
            pending = new Pending(before.matrix(), before.bias(), activate.function(), blend);
        } else if (layer instanceof Scale scale) {
            flush();
            factors = weights.get(scale.name()).clone();
            shifts = new float[factors.length];
        } else if (layer instanceof BatchNorm norm) {
            flush();
            add(norm);
        } else if (layer instanceof MemberScale members) {
            float[] all = weights.get(members.name());
            int width = all.length / members.members();
            memberFactors = new float[members.members()][];
            Arrays.setAll(memberFactors, k -> Arrays.copyOfRange(all, k * width, (k + 1) * width));
        } else if (layer instanceof MemberHeads heads) {
            add(heads);
        }
        // dropout does nothing in a prediction
    }

    private void add(BatchNorm norm) {
        float[] scale = weights.get(norm.name() + ".scale");
        float[] shift = weights.get(norm.name() + ".shift");
        float[] mean = weights.get(norm.name() + ".mean");
        float[] variance = weights.get(norm.name() + ".variance");
        factors = new float[scale.length];
        shifts = new float[scale.length];
        for (int i = 0; i < scale.length; i++) {
            factors[i] = (float) (scale[i] / Math.sqrt(variance[i] + BatchNorm.EPSILON));
            shifts[i] = shift[i] - mean[i] * factors[i];
        }
    }

    private void add(Dense dense) {
        flush();
        float[] matrix = weights.get(dense.name() + ".weight");
        float[] bias = weights.get(dense.name() + ".bias").clone();
        pending = linear(matrix, bias, dense.factor());
    }

    /** The layer [out, in] with the factors and shifts of its inputs worked in. */
    private Pending linear(float[] matrix, float[] bias, double factor) {
        int out = bias.length;
        int in = matrix.length / out;
        float[] turned = new float[matrix.length];
        for (int i = 0; i < in; i++) {
            double scale = factor * (factors.length == 0 ? 1 : factors[i]);
            double shift = factors.length == 0 ? 0 : factor * shifts[i];
            for (int o = 0; o < out; o++) {
                turned[o * in + i] = (float) (matrix[i * out + o] * scale);
                bias[o] += (float) (matrix[i * out + o] * shift);
            }
        }
        factors = new float[0];
        return new Pending(turned, bias, Activation.NONE, new float[0]);
    }

    private void add(MemberHeads heads) {
        flush();
        float[] matrices = weights.get(heads.name() + ".weight");
        float[] biases = weights.get(heads.name() + ".bias");
        int each = matrices.length / heads.members();
        float[] common = factors;
        for (int member = 0; member < heads.members(); member++) {
            factors = common;
            Pending head = linear(
                    Arrays.copyOfRange(matrices, member * each, (member + 1) * each),
                    Arrays.copyOfRange(biases, member * heads.outputs(), (member + 1) * heads.outputs()),
                    1);
            if (memberFactors.length > 0) {
                builder.member(memberFactors[member], head.matrix(), head.bias());
            } else {
                builder.member(head.matrix(), head.bias());
            }
        }
    }

    /** Passes the layer on that was waiting for its activation. */
    private void flush() {
        Pending layer = pending;
        if (layer != null) {
            if (layer.blend().length > 0) {
                builder.layer(layer.matrix(), layer.bias(), layer.activation(), layer.blend());
            } else {
                builder.layer(layer.matrix(), layer.bias(), layer.activation());
            }
            pending = null;
        }
    }

    private DenseNetwork finish() {
        Pending last = pending;
        if (last != null) {
            builder.member(last.matrix(), last.bias());
        }
        double[] scales = new double[goal.outputs()];
        double[] offsets = new double[goal.outputs()];
        Arrays.fill(scales, goal.scale().deviation());
        Arrays.fill(offsets, goal.scale().mean());
        return builder.outputs(scales, offsets)
                .clamp(goal.low(), goal.high())
                .link(goal.link())
                .build();
    }

    private void addInputs(Inputs first) {
        builder.numbers(inputs.numbers());
        if (inputs.numbers().length > 0 && first.embedding() instanceof PeriodicNumbers periodic) {
            builder.embedding(NumberEmbedding.periodic(
                            periodic.frequencies(), weights.get("numbers.frequency"), weights.get("numbers.phase"))
                    .withLinear(periodic.size(), weights.get("numbers.weight"), weights.get("numbers.bias"))
                    .withRaw());
        } else if (inputs.numbers().length > 0 && first.embedding() instanceof PiecewiseNumbers piecewise) {
            NumberEmbedding embedding = NumberEmbedding.piecewiseLinear(List.of(piecewise.edges()))
                    .withLinear(piecewise.size(), withoutPadding(piecewise), weights.get("numbers.bias"));
            builder.embedding(piecewise.isRectified() ? embedding.withRelu() : embedding);
        }
        for (NetworkInputs.Category category : inputs.categories()) {
            int width = category.width();
            float[] table = Arrays.copyOfRange(
                    weights.get(category.table()),
                    category.from() * width,
                    (category.from() + category.levels() + 1) * width);
            builder.category(category.feature(), category.levels(), width, table);
        }
    }

    /** The weights of the bins that a number has; the script's array is as long for every number. */
    private float[] withoutPadding(PiecewiseNumbers piecewise) {
        float[] padded = weights.get("numbers.weight");
        int size = piecewise.size();
        List<float[]> parts = new ArrayList<>();
        int length = 0;
        for (int number = 0; number < piecewise.edges().length; number++) {
            int from = number * piecewise.bins() * size;
            float[] part = Arrays.copyOfRange(padded, from, from + (piecewise.edges()[number].length - 1) * size);
            parts.add(part);
            length += part.length;
        }
        float[] joined = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private static <T> T required(@Nullable T value, String problem) {
        if (value == null) {
            throw new IllegalStateException("The network has " + problem + ".");
        }
        return value;
    }
}
