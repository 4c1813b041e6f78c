package org.autotuner.models.image;

import java.util.Arrays;
import java.util.List;
import org.autotuner.models.torch.Activate;
import org.autotuner.models.torch.BatchNorm;
import org.autotuner.models.torch.ChannelNorm;
import org.autotuner.models.torch.Convolve;
import org.autotuner.models.torch.Dense;
import org.autotuner.models.torch.LargestOf;
import org.autotuner.models.torch.Layer;
import org.autotuner.models.torch.NamedWeights;
import org.autotuner.models.torch.NetworkGoal;
import org.autotuner.models.torch.Planes;
import org.autotuner.models.torch.Residual;
import org.autotuner.score.ConvolutionNetwork;
import org.autotuner.score.ConvolutionNetworkBuilder;
import org.jspecify.annotations.Nullable;

/** Turns trained layers into a plain-Java network: batch normalisation becomes part of the convolution before it. */
final class ImageExport {

    private final NamedWeights weights;
    private final ConvolutionNetworkBuilder builder;

    private ImageExport(NamedWeights weights, ConvolutionNetworkBuilder builder) {
        this.weights = weights;
        this.builder = builder;
    }

    static ConvolutionNetwork of(ImageDesign design, NetworkGoal goal, NamedWeights weights) {
        List<Layer> layers = design.plan().layers();
        Planes planes = (Planes) layers.get(0);
        ConvolutionNetworkBuilder builder = ConvolutionNetwork.builder(
                        design.block().from(), planes.channels(), planes.height(), planes.width())
                .scaling(array(planes.centres()), array(planes.factors()));
        ImageExport export = new ImageExport(weights, builder);
        export.add(layers.subList(1, layers.size()), 0, -1);
        double[] scales = new double[goal.outputs()];
        double[] offsets = new double[goal.outputs()];
        Arrays.fill(scales, goal.scale().deviation());
        Arrays.fill(offsets, goal.scale().mean());
        return builder.outputs(scales, offsets)
                .clamp(goal.low(), goal.high())
                .link(goal.link())
                .build();
    }

    private static float[] array(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    /**
     * Adds layers one after the other; returns the number of the last planes.
     *
     * @param added planes that the last convolution adds before ReLU; -1 for none
     */
    private int add(List<Layer> layers, int from, int added) {
        int planes = from;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            if (layer instanceof Convolve convolve) {
                boolean isNormed = i + 1 < layers.size() && layers.get(i + 1) instanceof ChannelNorm;
                ChannelNorm norm = isNormed ? (ChannelNorm) layers.get(i + 1) : null;
                int next = i + (isNormed ? 2 : 1);
                boolean isLast = next == layers.size();
                boolean isRectified = next < layers.size() && layers.get(next) instanceof Activate;
                boolean isSum = isLast && added >= 0;
                planes = convolve(convolve, norm, planes, isSum ? added : -1, isRectified || isSum);
            } else if (layer instanceof LargestOf largest) {
                planes = builder.maxPool(planes, largest.kernel(), largest.stride(), largest.padding());
            } else if (layer instanceof Residual residual) {
                int shortcut = add(residual.shortcut(), planes, -1);
                planes = add(residual.body(), planes, shortcut);
            } else if (layer instanceof Dense dense) {
                head(dense);
            }
            // dropout does nothing in a prediction, and the means of the planes are part of the network
        }
        return planes;
    }

    private int convolve(Convolve layer, @Nullable ChannelNorm norm, int from, int added, boolean relu) {
        float[] matrix = weights.get(layer.name() + ".weight").clone();
        float[] bias = new float[layer.out()];
        int each = matrix.length / bias.length;
        if (norm != null) {
            float[] scale = weights.get(norm.name() + ".weight");
            float[] shift = weights.get(norm.name() + ".bias");
            float[] mean = weights.get(norm.name() + ".running_mean");
            float[] variance = weights.get(norm.name() + ".running_var");
            for (int output = 0; output < bias.length; output++) {
                double factor = scale[output] / Math.sqrt(variance[output] + BatchNorm.EPSILON);
                bias[output] = (float) (shift[output] - mean[output] * factor);
                for (int i = output * each; i < (output + 1) * each; i++) {
                    matrix[i] = (float) (matrix[i] * factor);
                }
            }
        }
        return builder.convolve(
                from, added, layer.in(), layer.kernel(), layer.stride(), layer.padding(), relu, matrix, bias);
    }

    private void head(Dense dense) {
        float[] matrix = weights.get(dense.name() + ".weight");
        float[] bias = weights.get(dense.name() + ".bias");
        int inputs = matrix.length / bias.length;
        float[] turned = new float[matrix.length];
        for (int i = 0; i < inputs; i++) {
            for (int output = 0; output < bias.length; output++) {
                turned[output * inputs + i] = matrix[i * bias.length + output];
            }
        }
        builder.head(turned, bias);
    }
}
