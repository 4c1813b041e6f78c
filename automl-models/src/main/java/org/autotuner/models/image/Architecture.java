package org.autotuner.models.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autotuner.models.torch.Activate;
import org.autotuner.models.torch.ChannelNorm;
import org.autotuner.models.torch.Convolve;
import org.autotuner.models.torch.Dense;
import org.autotuner.models.torch.Dropout;
import org.autotuner.models.torch.LargestOf;
import org.autotuner.models.torch.Layer;
import org.autotuner.models.torch.MeanOfPlanes;
import org.autotuner.models.torch.Residual;
import org.autotuner.models.torch.Start;
import org.autotuner.score.Activation;

/**
 * Puts the layers of a network together, keeping track of the planes' size. Names are those of torchvision's ResNets where there
 * is one. Not thread-safe.
 */
final class Architecture {

    private static final Activate RELU = new Activate(Activation.RELU, "");

    private final Starts starts;
    private int channels;
    private int height;
    private int width;
    private double products;

    private Architecture(Frame frame, Starts starts) {
        this.channels = frame.channels();
        this.height = frame.height();
        this.width = frame.width();
        this.starts = starts;
    }

    /**
     * What a network consists of between image and last layer.
     *
     * @param channels that the last layer reads
     * @param products multiplications per row
     */
    record Body(List<Layer> layers, int channels, double products) {}

    /**
     * The small network: stages of convolutions of 3 x 3 with batch normalisation and ReLU, between them the largest of 2 x 2, as
     * long as the planes are at least 6 pixels long; each stage has twice the channels of the one before.
     *
     * @param base channels of the first stage
     * @param depth convolutions in each stage but the first, which has one
     * @param stages most stages
     */
    static Body cnn(Frame frame, int base, int depth, int stages) {
        Architecture made = new Architecture(frame, Starts.FRESH);
        List<Layer> layers = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            if (stage > 0) {
                if (Math.min(made.height, made.width) < 6) {
                    break;
                }
                layers.add(new LargestOf(2, 2, 0));
                made.height /= 2;
                made.width /= 2;
            }
            for (int i = 0; i < (stage == 0 ? 1 : depth); i++) {
                String name = "stage%d.%d".formatted(stage, i);
                made.convolve(layers, name + ".conv", name + ".bn", base << stage, 3, 1, 1, false);
                layers.add(RELU);
            }
        }
        return made.body(layers);
    }

    /**
     * A ResNet (He and others, arXiv 1512.03385) of basic blocks.
     *
     * @param base channels of the first stage; each further one has twice as many
     * @param blocks in each stage
     * @param frozen stages whose normalisation keeps its statistics, the first convolution being one, too
     * @param isLarge whether it begins with a convolution of 7 x 7, of every other pixel, and pooling, as for ImageNet; otherwise
     *     with one of 3 x 3, as for images of 28 to 64 pixels
     */
    static Body resNet(Frame frame, int base, List<Integer> blocks, boolean isLarge, Starts starts, int frozen) {
        Architecture made = new Architecture(frame, starts);
        List<Layer> layers = new ArrayList<>();
        if (isLarge) {
            made.convolve(layers, "conv1", "bn1", base, 7, 2, 3, frozen > 0);
            layers.add(RELU);
            layers.add(new LargestOf(3, 2, 1));
            made.height = (made.height + 2 - 3) / 2 + 1;
            made.width = (made.width + 2 - 3) / 2 + 1;
        } else {
            made.convolve(layers, "conv1", "bn1", base, 3, 1, 1, frozen > 0);
            layers.add(RELU);
        }
        for (int stage = 0; stage < blocks.size(); stage++) {
            for (int block = 0; block < blocks.get(stage); block++) {
                String name = "layer%d.%d".formatted(stage + 1, block);
                layers.add(made.block(name, base << stage, stage > 0 && block == 0 ? 2 : 1, stage + 1 < frozen));
            }
        }
        return made.body(layers);
    }

    /** The length of every weight and running statistic of a ResNet by its name. */
    static Map<String, Integer> sizes(Frame frame, int base, List<Integer> blocks, boolean isLarge) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        List<Layer> open = new ArrayList<>(
                resNet(frame, base, blocks, isLarge, Starts.FRESH, 0).layers());
        for (int i = 0; i < open.size(); i++) {
            Layer layer = open.get(i);
            if (layer instanceof Residual residual) {
                open.addAll(residual.body());
                open.addAll(residual.shortcut());
            } else if (layer instanceof Convolve convolve) {
                sizes.put(
                        convolve.name() + ".weight",
                        convolve.out() * convolve.in() * convolve.kernel() * convolve.kernel());
            } else if (layer instanceof ChannelNorm norm) {
                for (String part : List.of(".weight", ".bias", ".running_mean", ".running_var")) {
                    sizes.put(norm.name() + part, norm.channels());
                }
            }
        }
        return sizes;
    }

    private Residual block(String name, int outputs, int stride, boolean isFixed) {
        int inChannels = channels;
        int inHeight = height;
        int inWidth = width;
        List<Layer> body = new ArrayList<>();
        convolve(body, name + ".conv1", name + ".bn1", outputs, 3, stride, 1, isFixed);
        body.add(RELU);
        convolve(body, name + ".conv2", name + ".bn2", outputs, 3, 1, 1, isFixed);
        List<Layer> shortcut = new ArrayList<>();
        if (stride != 1 || inChannels != outputs) {
            channels = inChannels;
            height = inHeight;
            width = inWidth;
            convolve(shortcut, name + ".downsample.0", name + ".downsample.1", outputs, 1, stride, 0, isFixed);
        }
        return new Residual(body, shortcut);
    }

    private void convolve(
            List<Layer> layers,
            String name,
            String norm,
            int outputs,
            int kernel,
            int stride,
            int padding,
            boolean isFixed) {
        Start fresh = Start.normal(Math.sqrt(2.0 / (outputs * kernel * kernel)));
        Convolve layer = new Convolve(
                name, channels, outputs, kernel, stride, padding, height, width, starts.of(name + ".weight", fresh));
        layers.add(layer);
        channels = outputs;
        height = layer.outHeight();
        width = layer.outWidth();
        products += (double) layer.in() * outputs * kernel * kernel * height * width;
        layers.add(new ChannelNorm(
                norm,
                outputs,
                starts.of(norm + ".weight", Start.constant(1)),
                starts.of(norm + ".bias", Start.constant(0)),
                starts.of(norm + ".running_mean", Start.constant(0)),
                starts.of(norm + ".running_var", Start.constant(1)),
                isFixed));
    }

    private Body body(List<Layer> layers) {
        return new Body(List.copyOf(layers), channels, products);
    }

    /** All layers behind the image: the body, the means of its planes, dropout, the last layer. */
    static List<Layer> whole(Body body, double dropout, int outputs) {
        List<Layer> layers = new ArrayList<>(body.layers());
        layers.add(new MeanOfPlanes(body.channels()));
        layers.add(new Dropout(dropout));
        Start start = Start.uniform(0.1 * Math.sqrt(3.0 / body.channels()));
        layers.add(new Dense("fc", outputs, 1, start, Start.constant(0)));
        return layers;
    }
}
