package org.autotuner.models.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.autotuner.error.DataException;
import org.autotuner.models.torch.Start;
import org.autotuner.models.weights.SafetensorsFile;

/**
 * Weights of a ResNet of basic blocks (18 or 34 layers, or another number of blocks and channels), under torchvision's names:
 * {@code conv1.weight}, {@code bn1.running_mean}, {@code layer2.0.downsample.0.weight} and so on; a last layer {@code fc} is left
 * out. The user's own file; nothing is downloaded. Immutable and thread-safe.
 */
public final class ImageWeights {

    private static final int COLOURS = 3;

    private final Map<String, float[]> tensors;
    private final List<Integer> blocks;
    private final int base;
    private final int kernel;

    private ImageWeights(Map<String, float[]> tensors, String source) {
        this.tensors = tensors;
        this.base = length(tensors, "bn1.weight", source);
        int first = length(tensors, "conv1.weight", source);
        this.kernel = (int) Math.round(Math.sqrt(first / (double) (COLOURS * base)));
        if ((kernel != 7 && kernel != 3) || first != base * COLOURS * kernel * kernel) {
            throw new DataException(
                    "'conv1.weight' in '%s' has %d numbers; %d outputs of 3 channels by 7 x 7 or 3 x 3 are needed."
                            .formatted(source, first, base));
        }
        List<Integer> found = new ArrayList<>();
        for (int stage = 1; tensors.containsKey("layer%d.0.conv1.weight".formatted(stage)); stage++) {
            int count = 0;
            while (tensors.containsKey("layer%d.%d.conv1.weight".formatted(stage, count))) {
                count++;
            }
            found.add(count);
        }
        if (found.isEmpty()) {
            throw new DataException(
                    "'%s' names no 'layer1.0.conv1.weight': these are not the weights of a ResNet as torchvision names them."
                            .formatted(source));
        }
        if (tensors.containsKey("layer1.0.conv3.weight")) {
            throw new DataException(
                    "'%s' holds a ResNet of bottleneck blocks. Give one of basic blocks, such as ResNet-18 or ResNet-34."
                            .formatted(source));
        }
        this.blocks = List.copyOf(found);
        check(source);
    }

    /**
     * Reads a file.
     *
     * @param file a {@code .safetensors} file, or a {@code .pt} or {@code .pth} archive of PyTorch (TorchScript, or a dictionary
     *     of weights), of which the numbers alone are read
     * @throws DataException if it cannot be read, or does not hold the weights of such a network
     */
    public static ImageWeights read(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        Map<String, float[]> tensors = name.endsWith(".safetensors") ? safetensors(file) : TorchFile.read(file);
        return new ImageWeights(tensors, String.valueOf(file.getFileName()));
    }

    private static Map<String, float[]> safetensors(Path file) {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        SafetensorsFile.read(file).forEach((name, tensor) -> tensors.put(name, tensor.values()));
        return tensors;
    }

    /** Every parameter must be there with the right number of values, before anything is trained. */
    private void check(String source) {
        for (Map.Entry<String, Integer> expected : sizes().entrySet()) {
            int length = length(tensors, expected.getKey(), source);
            if (length != expected.getValue()) {
                throw new DataException("'%s' in '%s' has %d numbers, but %d are needed."
                        .formatted(expected.getKey(), source, length, expected.getValue()));
            }
            for (float value : get(expected.getKey())) {
                if (!Float.isFinite(value)) {
                    throw new DataException("'%s' in '%s' holds %s.".formatted(expected.getKey(), source, value));
                }
            }
        }
    }

    private Map<String, Integer> sizes() {
        return Architecture.sizes(new Frame(COLOURS, 224, 224), base, blocks, kernel == 7);
    }

    private static int length(Map<String, float[]> tensors, String name, String source) {
        float[] values = tensors.get(name);
        if (values == null) {
            throw new DataException("'%s' has no weights '%s'. There are: %s."
                    .formatted(source, name, tensors.keySet().stream().limit(20).toList()));
        }
        return values.length;
    }

    private float[] get(String name) {
        return java.util.Objects.requireNonNull(tensors.get(name));
    }

    /** The network behind the image, with these weights; so many stages keep their statistics. */
    Architecture.Body body(Frame frame, int frozen) {
        return Architecture.resNet(
                frame, base, blocks, kernel == 7, (name, fresh) -> Start.of(values(name, frame.channels())), frozen);
    }

    /** Of grey images the first weights are summed over the colours: what they would be for three equal channels. */
    private float[] values(String name, int channels) {
        float[] values = get(name);
        if (!name.equals("conv1.weight") || channels == COLOURS) {
            return values;
        }
        int window = kernel * kernel;
        float[] sums = new float[values.length / COLOURS];
        for (int i = 0; i < values.length; i++) {
            int output = i / (COLOURS * window);
            sums[output * window + i % window] += values[i];
        }
        return sums;
    }

    /** Stages of blocks. */
    int stages() {
        return blocks.size();
    }

    @Override
    public String toString() {
        return "ImageWeights[blocks %s of %d channels]".formatted(blocks, base);
    }
}
